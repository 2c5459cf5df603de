package io.belfry.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import io.belfry.codegen.Main;
import io.belfry.operations.Inquiries;
import io.belfry.operations.Operations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a module may know is what [Module] says.
class ModuleArrowsTest {
  private static final Pattern COMPILED_AGAINST =
      Pattern.compile("<artifactId>belfry-([a-z-]+)</artifactId>(?!<type>|.*<scope>test)");

  /// Classes that put together what the packages below theirs hold, and are used by none of them.
  private static final DescribedPredicate<JavaClass> COMPOSITION_ROOT =
      JavaClass.Predicates.belongToAnyOf(Main.class, Operations.class, Inquiries.class);

  /// One API to its users: the root package is public, the others are what it is made of.
  private static final DescribedPredicate<JavaClass> SDK = Module.anyOf(EnumSet.of(Module.SDK));

  @ParameterizedTest
  @EnumSource
  void aModuleKnowsOnlyThoseBelowIt(Module module) {
    classes()
        .that(Module.anyOf(EnumSet.of(module)))
        .should()
        .onlyDependOnClassesThat(
            DescribedPredicate.not(Module.any()).or(Module.anyOf(module.reach())))
        .because("a module that knows one above it can't be used, tested or read without it")
        .allowEmptyShould(true)
        .check(BelfryClasses.all());
  }

  @ParameterizedTest
  @EnumSource
  void pomsDrawNoOtherArrows(Module module) throws Exception {
    var pom = Files.readString(Path.of("..", module.folder(), "pom.xml"));
    var beforeBuild = pom.split("<build>", 2)[0];

    assertThat(COMPILED_AGAINST.matcher(beforeBuild.split("</parent>", 2)[1]).results())
        .filteredOn(dependency -> !dependency.group(1).equals(module.folder()))
        .extracting(dependency -> dependency.group(1))
        .isSubsetOf(names(module.known()));
  }

  private static List<String> names(List<Module> modules) {
    return modules.stream().map(Module::folder).toList();
  }

  @Test
  void everyClassIsInAModule() {
    classes()
        .should(Conditions.be("in a module", type -> Module.of(type).isPresent()))
        .check(BelfryClasses.all());
  }

  @Test
  void packagesHaveNoCycles() {
    SlicesRuleDefinition.slices()
        .matching("io.belfry.(**)")
        .should()
        .beFreeOfCycles()
        .ignoreDependency(COMPOSITION_ROOT, DescribedPredicate.alwaysTrue())
        .ignoreDependency(SDK, SDK)
        .because("packages in a cycle are one package in many folders")
        .check(BelfryClasses.all());
  }
}
