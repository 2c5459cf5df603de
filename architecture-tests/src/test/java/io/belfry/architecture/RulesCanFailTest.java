package io.belfry.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Classes that break the rules are found. Without this, a rule that checks nothing would pass.
class RulesCanFailTest {

  static Stream<ArchRule> rules() {
    return Stream.of(
        Rules.onlyIn(Set.of(Module.STORE), "java.sql.."),
        Rules.namesSayTheDifference(),
        Rules.nothingIsAnAbstractClass(),
        Rules.timeAndChanceComeIn(),
        Rules.noReflection(DescribedPredicate.alwaysTrue()),
        Rules.noThreadLocals(),
        Rules.theServerBlocks(),
        Rules.recordsAreValues(),
        Rules.absenceIsNullable(),
        Rules.standardStreamsBelongToTheCommandLine(),
        Rules.mutableStateIsNotShared());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void findsTheClassThatBreaksEveryRule(ArchRule rule) {
    var wrong = new ClassFileImporter().importClasses(WrongManager.class, WrongManager.Row.class);

    assertThatThrownBy(() -> rule.check(wrong))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("WrongManager");
  }

  @ParameterizedTest
  @MethodSource("rules")
  void saysWhyThereIsARule(ArchRule rule) {
    assertThat(rule.getDescription()).contains("because");
  }

  /// Breaks the rules above.
  abstract static class WrongManager {
    static Optional<java.sql.Connection> shared = Optional.empty();

    final ThreadLocal<Instant> now = ThreadLocal.withInitial(Instant::now);

    CompletableFuture<Long> print() throws ClassNotFoundException {
      System.out.println(Class.forName("java.lang.String"));
      System.out.println(System.currentTimeMillis());
      return new CompletableFuture<>();
    }

    @SuppressWarnings("ArrayRecordComponent")
    record Row(String[] cells) {}
  }
}
