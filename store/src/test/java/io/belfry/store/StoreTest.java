package io.belfry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.postgres.TestDatabase;
import io.belfry.problem.ProblemException;
import io.belfry.store.database.TestTables;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

final class StoreTest {
  private final TestDatabase database = TestTables.freshDatabase();
  private final Store store = new Store(database.dataSource(), TestTables.LAYOUT);

  @Test
  void runsSeveralStatementsInOneJourney() {
    var rows =
        store.write(transaction ->
            transaction.execute(
                """
                INSERT INTO belfry.setting (key, value) VALUES (?, '1'), (?, '2');
                LOCK TABLE belfry.setting IN EXCLUSIVE MODE;
                UPDATE belfry.setting SET value = '3' WHERE key = ?
                """,
                List.of("one", "two", "two")));

    assertThat(rows).isEqualTo(3);
    assertThat(values("one", "two")).containsExactly("1", "3");
  }

  @Test
  void runsNoneOfSeveralStatementsIfOneFails() {
    assertThatThrownBy(() ->
            store.write(transaction ->
                transaction.execute(
                    """
                    INSERT INTO belfry.setting (key, value) VALUES (?, '1');
                    INSERT INTO belfry.setting (key, value) VALUES (?, NULL)
                    """,
                    List.of("one", "two"))))
        .isInstanceOf(StoreException.class);

    assertThat(values("one", "two")).isEmpty();
  }

  @Test
  void runsWhatCanWaitBeforeTheNextStatement() {
    var seen =
        store.write(transaction -> {
          insertSoon(transaction, "one");
          insertSoon(transaction, "two");
          return transaction.query(
              "SELECT count(*) FROM belfry.setting WHERE key = ANY (?)",
              List.of(List.of("one", "two")),
              row -> row.longValue(1));
        });

    assertThat(seen).containsExactly(2L);
  }

  @Test
  void countsOnlyRowsOfTheStatementThatOthersGoTogetherWith() {
    var rows =
        store.write(transaction -> {
          insertSoon(transaction, "one");
          transaction.executeSoon("SELECT set_config('belfry.test', ?, true)", List.of("on"));
          return transaction.execute(
              "UPDATE belfry.setting SET value = '2' WHERE key = ?", List.of("one"));
        });

    assertThat(rows).isEqualTo(1);
    assertThat(values("one")).containsExactly("2");
  }

  @Test
  void runsWhatCanWaitBeforeTheCommit() {
    var changes = new AtomicInteger();
    var telling =
        new Store(database.dataSource(), TestTables.LAYOUT, () -> changes.incrementAndGet());

    telling.change(transaction -> insertSoon(transaction, "one"));

    assertThat(values("one")).containsExactly("1");
    assertThat(changes).hasValue(1);
  }

  @Test
  void keepsNothingIfWhatCouldWaitFails() {
    assertThatThrownBy(() ->
            store.change(transaction -> {
              insertSoon(transaction, "one");
              insertSoon(transaction, "one");
            }))
        .isInstanceOf(StoreException.class);

    assertThat(values("one")).isEmpty();
  }

  @Test
  void tellsThatTheDatabaseIsAwayWhenAskedASingleQuestion() {
    var nowhere = new PGSimpleDataSource();
    nowhere.setUrl("jdbc:postgresql://127.0.0.1:1/nowhere");
    var away = new Store(nowhere, TestTables.LAYOUT);

    assertThatThrownBy(() -> away.query("SELECT 1", List.of(), row -> row.longValue(1)))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("can't be reached");
  }

  private static void insertSoon(Transaction transaction, String key) {
    transaction.executeSoon(
        "INSERT INTO belfry.setting (key, value) VALUES (?, '1')", List.of(key));
  }

  private List<String> values(String... keys) {
    return store.query(
        "SELECT value::text FROM belfry.setting WHERE key = ANY (?) ORDER BY key",
        List.of(List.of(keys)),
        row -> row.text(1));
  }
}
