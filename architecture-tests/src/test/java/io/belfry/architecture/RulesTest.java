package io.belfry.architecture;

import static io.belfry.architecture.BelfryClasses.all;
import static io.belfry.architecture.BelfryClasses.handWritten;

import java.util.Set;
import org.junit.jupiter.api.Test;

/// The code keeps the [Rules].
class RulesTest {

  @Test
  void librariesAreWrappedByOneModule() {
    Rules.WRAPPED.forEach((library, modules) -> Rules.onlyIn(modules, library).check(all()));
  }

  @Test
  void driversAreChosenByTheServer() {
    Rules.driversAreChosenByTheServer().check(all());
  }

  @Test
  void internalsStayInside() {
    Rules.internalsStayInside().check(all());
  }

  @Test
  void namesSayTheDifference() {
    Rules.namesSayTheDifference().check(handWritten());
  }

  @Test
  void nothingIsAnAbstractClass() {
    Rules.nothingIsAnAbstractClass().check(handWritten());
  }

  @Test
  void timeAndChanceComeIn() {
    Rules.timeAndChanceComeIn().check(all());
  }

  @Test
  void theSdkNeedsNoReflection() {
    Rules.noReflection(Module.anyOf(Set.of(Module.SDK))).check(all());
  }

  @Test
  void noThreadLocals() {
    Rules.noThreadLocals().check(all());
  }

  @Test
  void theServerBlocks() {
    Rules.theServerBlocks().check(all());
  }

  @Test
  void recordsAreValues() {
    Rules.recordsAreValues().check(all());
  }

  @Test
  void absenceIsNullable() {
    Rules.absenceIsNullable().check(all());
  }

  @Test
  void standardStreamsBelongToTheCommandLine() {
    Rules.standardStreamsBelongToTheCommandLine().check(all());
  }

  @Test
  void mutableStateIsNotShared() {
    Rules.mutableStateIsNotShared().check(all());
  }
}
