package io.belfry.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import io.belfry.schema.Operation;
import io.belfry.schema.Schema;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What changes something is a class of its own, with the operation's name.
class OperationsTest {
  private static final String MUTATION = "io.belfry.operations.Mutation";
  private static final String VM_CHANGE = "io.belfry.operations.vm.VmChange";

  /// Carries out any VmChange, so it is no operation itself.
  private static final String CARRIER = "io.belfry.operations.vm.ChangeVms";

  @Test
  void anOperationIsAFinalClassNamedAsInTheSchema() {
    operationsAreNamedAsInTheSchema().check(BelfryClasses.all());
  }

  static ArchRule operationsAreNamedAsInTheSchema() {
    var names =
        Schema.bundled().operations().values().stream()
            .map(Operation::operationName)
            .collect(Collectors.toSet());
    return classes()
        .that(DescribedPredicate.describe("are operations", OperationsTest::isOperation))
        .should(
            Conditions.be("named as an operation", type -> names.contains(type.getSimpleName())))
        .andShould()
        .haveModifier(JavaModifier.FINAL)
        .because("who looks for an operation looks for its name");
  }

  static boolean isOperation(JavaClass type) {
    return Set.of(MUTATION, VM_CHANGE).stream().anyMatch(type::isAssignableTo)
        && !type.isInterface()
        && !type.getName().equals(CARRIER);
  }
}
