package io.belfry.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/// Rules that hold in all modules, or in all but a named few.
final class Rules {
  /// Over a thousand generated models have the same equality, which no interface can give them.
  private static final String MODELS = "io.belfry.sdk.internal.Model";

  /// Libraries that one module wraps, or each program does for itself, so that the others needn't
  /// know them.
  static final Map<String, Set<Module>> WRAPPED =
      Map.ofEntries(
          Map.entry("java.sql..", Set.of(Module.STORE)),
          Map.entry("javax.sql..", Set.of(Module.STORE)),
          Map.entry("org.postgresql..", Set.of(Module.STORE)),
          Map.entry("com.zaxxer..", Set.of(Module.STORE)),
          Map.entry("org.flywaydb..", Set.of(Module.STORE)),
          Map.entry("org.apache.commons..", Set.of(Module.EMBEDDED_POSTGRES)),
          Map.entry("graphql..", Set.of(Module.SCHEMA)),
          Map.entry("com.palantir.javapoet..", Set.of(Module.CODEGEN)),
          Map.entry("io.helidon..", Set.of(Module.SERVER)),
          Map.entry("picocli..", Set.of(Module.SERVER, Module.CLI)),
          Map.entry("org.yaml..", Set.of(Module.CLI)),
          Map.entry("io.micrometer..", Set.of(Module.SERVER)),
          Map.entry("io.opentelemetry..", Set.of(Module.OPENTELEMETRY)),
          Map.entry("org.bouncycastle..", Set.of(Module.SERVER)));

  private static final Set<String> CLOCKS =
      Set.of(
          Instant.class.getName() + ".now",
          LocalDateTime.class.getName() + ".now",
          ZonedDateTime.class.getName() + ".now",
          System.class.getName() + ".currentTimeMillis",
          Clock.class.getName() + ".systemUTC",
          Clock.class.getName() + ".systemDefaultZone",
          UUID.class.getName() + ".randomUUID",
          Math.class.getName() + ".random");

  private Rules() {}

  static ArchRule onlyIn(Set<Module> modules, String library) {
    return noClasses()
        .that(DescribedPredicate.not(Module.anyOf(EnumSet.copyOf(modules))))
        .and()
        .doNotHaveFullyQualifiedName("io.belfry.server.Platform")
        .should()
        .dependOnClassesThat(resideInAnyPackage(library))
        .because(modules + " wrap it; only the composition root may hand it on");
  }

  static ArchRule driversAreChosenByTheServer() {
    return noClasses()
        .that(
            DescribedPredicate.not(
                Module.anyOf(
                    EnumSet.of(
                        Module.SERVER, Module.SIMULATED_DATACENTER, Module.HYPERVISOR_SIMULATOR))))
        .should()
        .dependOnClassesThat(Module.anyOf(EnumSet.of(Module.HYPERVISOR_SIMULATOR)))
        .because("code that works on one hypervisor shall work on every one");
  }

  static ArchRule internalsStayInside() {
    return classes()
        .should(
            Conditions.be(
                "a user of its own internals only",
                type ->
                    type.getDirectDependenciesFromSelf().stream()
                        .map(Dependency::getTargetClass)
                        .filter(resideInAnyPackage("io.belfry..internal.."))
                        .allMatch(used -> Module.of(used).equals(Module.of(type)))))
        .because("`internal` means that other modules must not rely on it");
  }

  /// The class of an operation is called as the API calls the operation: `GetVmVncInfo`.
  static ArchRule namesSayTheDifference() {
    return noClasses()
        .that()
        .haveNameNotMatching(".*[.](Get|Update)\\w+Info")
        .should()
        .haveNameMatching(
            ".*[.$](Abstract\\w*|Base[A-Z]\\w*|\\w+(Impl|Manager|Utils?|Helper|Base|Data|Info))")
        .because("such names hide what a class does");
  }

  static ArchRule nothingIsAnAbstractClass() {
    return noClasses()
        .that()
        .areNotInterfaces()
        .and()
        .areNotEnums()
        .and()
        .areNotAnnotations()
        .and()
        .doNotHaveFullyQualifiedName(MODELS)
        .should()
        .haveModifier(JavaModifier.ABSTRACT)
        .because("we extend by implementing an interface and composing");
  }

  static ArchRule timeAndChanceComeIn() {
    return noClasses()
        .that(
            DescribedPredicate.not(Module.anyOf(EnumSet.of(Module.SERVER, Module.SDK, Module.CLI))))
        .should()
        .callCodeUnitWhere(
            DescribedPredicate.describe(
                "reads the clock or draws a random value", call -> isClock(call.getTarget())))
        .orShould()
        .callConstructor(Random.class)
        .because("Clock, RandomGenerator and IdSource are parameters, so that tests can set them");
  }

  /// @param where which classes must do without
  static ArchRule noReflection(DescribedPredicate<JavaClass> where) {
    return noClasses()
        .that(where)
        .should()
        .dependOnClassesThat(resideInAnyPackage("java.lang.reflect.."))
        .orShould()
        .callMethod(Class.class, "forName", String.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(ServiceLoader.class)
        .because("programs with the SDK become native images without configuration");
  }

  private static boolean isClock(CodeUnitAccessTarget target) {
    return CLOCKS.contains(target.getOwner().getName() + "." + target.getName());
  }

  static ArchRule noThreadLocals() {
    return noClasses()
        .should()
        .dependOnClassesThat()
        .areAssignableTo(ThreadLocal.class)
        .because("what a request knows is passed on");
  }

  static ArchRule theServerBlocks() {
    return noClasses()
        .that(DescribedPredicate.not(Module.anyOf(EnumSet.of(Module.SDK, Module.EXAMPLES))))
        .should()
        .callCodeUnitWhere(
            DescribedPredicate.describe(
                "makes a CompletableFuture", call -> isNewFuture(call.getTarget())))
        .because("each request, task and watch has a virtual thread of its own and may wait");
  }

  private static boolean isNewFuture(CodeUnitAccessTarget target) {
    return target.getOwner().isEquivalentTo(CompletableFuture.class)
        && (target.getName().equals(JavaConstructor.CONSTRUCTOR_NAME)
            || target.getName().endsWith("Async")
            || target.getName().startsWith("completed"));
  }

  static ArchRule recordsAreValues() {
    return fields()
        .that()
        .areDeclaredInClassesThat(DescribedPredicate.describe("are records", JavaClass::isRecord))
        .and()
        .areNotStatic()
        .should()
        .notHaveRawType(DescribedPredicate.describe("an array", Rules::isArrayOfValues))
        .because("arrays can be changed; only bytes of bodies are passed on as they are");
  }

  private static boolean isArrayOfValues(JavaClass type) {
    return type.isArray() && !type.isEquivalentTo(byte[].class);
  }

  static ArchRule absenceIsNullable() {
    return noFields()
        .that()
        .areDeclaredInClassesThat(DescribedPredicate.not(Module.anyOf(EnumSet.of(Module.SERVER))))
        .should()
        .haveRawType(Optional.class)
        .because("Optional is the result of a lookup; a field that may be absent is @Nullable");
  }

  static ArchRule standardStreamsBelongToTheCommandLine() {
    return noClasses()
        .that(
            DescribedPredicate.not(
                Module.anyOf(
                    EnumSet.of(Module.SERVER, Module.CODEGEN, Module.EXAMPLES, Module.CLI))))
        .should()
        .accessFieldWhere(
            DescribedPredicate.describe(
                "is a standard stream",
                access -> access.getTargetOwner().isEquivalentTo(System.class)))
        .because("libraries don't write where they were not asked to");
  }

  static ArchRule mutableStateIsNotShared() {
    return fields()
        .that()
        .areStatic()
        .should()
        .beFinal()
        .because("a static field that changes is shared by everybody")
        .allowEmptyShould(true);
  }
}
