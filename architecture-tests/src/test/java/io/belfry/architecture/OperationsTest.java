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

/// What is more than a listing is a class of its own, with the operation's name.
class OperationsTest {
  private static final String MUTATION = "io.belfry.operations.Mutation";
  private static final String VM_CHANGE = "io.belfry.operations.vm.VmChange";

  private static final String INQUIRY = "io.belfry.operations.Inquiry";

  /// What does the same for several operations, so that none of them gives it its name.
  private static final Set<String> FAMILIES =
      Set.of(
          "io.belfry.operations.cluster.NoneInCluster",
          "io.belfry.operations.metric.SeriesInquiry",
          "io.belfry.operations.protection.PlansWithoutExecutions",
          "io.belfry.operations.vm.ChangeVms");

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
    return Set.of(MUTATION, VM_CHANGE, INQUIRY).stream().anyMatch(type::isAssignableTo)
        && !type.isInterface()
        && !FAMILIES.contains(type.getName());
  }
}
