package io.belfry.datacenter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.query.layout.Layout;
import io.belfry.store.database.TestTables;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SimulatedDatacenterTest {
  private static final SimulationSize SMALL = SimulationSize.SMALL;
  private static final Layout LAYOUT = TestTables.LAYOUT;
  private static final Pattern ID =
      Pattern.compile(
          "\\bc[a-z0-9]{24}\\b|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|zbs-iscsi-datastore-\\d+d");

  @Test
  void makesTheSameRowsFromTheSameSeed() {
    try (var one = TestDatacenter.loaded(SMALL, 1);
        var same = TestDatacenter.loaded(SMALL, 1)) {
      assertThat(fingerprints(one)).isEqualTo(fingerprints(same)).containsKey("vm");
    }
  }

  @Test
  void makesOtherRowsFromAnotherSeed() {
    try (var one = TestDatacenter.loaded(SMALL, 1);
        var other = TestDatacenter.loaded(SMALL, 2)) {
      assertThat(fingerprints(one)).doesNotContainEntry("vm", fingerprints(other).get("vm"));
    }
  }

  @Test
  void leavesAFilledStoreAlone() {
    try (var datacenter = TestDatacenter.small()) {
      var before = fingerprints(datacenter);

      var loaded = SimulatedDatacenter.load(datacenter.store(), SMALL, 99, TestDatacenter.CLOCK);

      assertThat(loaded).isFalse();
      assertThat(fingerprints(datacenter)).isEqualTo(before);
    }
  }

  /// Months later, and not at the same time of the day.
  @Test
  void rowsThatWereKeptAreAsThoseMadeNow() {
    var before = Clock.offset(TestDatacenter.CLOCK, Duration.ofMinutes(-123_456));
    try (var kept = TestDatacenter.empty();
        var fresh = TestDatacenter.small()) {
      SimulatedDatacenter.keep(kept.store(), SMALL, TestDatacenter.SEED, before);
      var old = withoutIds(kept);

      var loaded =
          SimulatedDatacenter.load(kept.store(), SMALL, TestDatacenter.SEED, TestDatacenter.CLOCK);

      assertThat(loaded).isTrue();
      assertThat(withoutIds(kept))
          .isNotEqualTo(old)
          .containsExactlyInAnyOrderElementsOf(withoutIds(fresh));
      assertThat(
              SimulatedDatacenter.load(
                  kept.store(), SMALL, TestDatacenter.SEED, TestDatacenter.CLOCK))
          .as("loads once")
          .isFalse();
      assertThat(kept.number("SELECT count(*) FROM belfry.change")).isZero();
    }
  }

  /// All rows, but for ids and the names of storage pools, which tell when they were made.
  private static List<String> withoutIds(TestDatacenter datacenter) {
    return LAYOUT.tables().stream()
        .flatMap(table ->
            datacenter
                .texts(
                    "SELECT to_jsonb(given)::text FROM %s given"
                        .formatted(Layout.qualified(table.name())))
                .stream()
                .map(row -> table.name() + " " + ID.matcher(row).replaceAll("#")))
        .sorted()
        .toList();
  }

  @Test
  void leavesNothingWhenItIsInterruptedAndCanStartOver() {
    try (var whole = TestDatacenter.small();
        var broken = TestDatacenter.empty()) {
      var last = whole.texts("SELECT max(id) FROM tower.task").getFirst();
      broken.execute(
          """
          INSERT INTO tower.organization (id, name) VALUES ('spoiler', 'spoiler');
          CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql
            AS 'BEGIN RAISE EXCEPTION ''spoilt''; END';
          CREATE TRIGGER spoil BEFORE INSERT ON tower.task
            FOR EACH ROW WHEN (NEW.id = '%s') EXECUTE FUNCTION spoil();
          DELETE FROM tower.organization
          """
              .formatted(last));

      assertThatThrownBy(() ->
              SimulatedDatacenter.load(
                  broken.store(), SMALL, TestDatacenter.SEED, TestDatacenter.CLOCK))
          .hasMessageContaining("spoilt");
      assertThat(fingerprints(broken)).isEmpty();

      broken.execute("DROP TRIGGER spoil ON tower.task");
      SimulatedDatacenter.load(broken.store(), SMALL, TestDatacenter.SEED, TestDatacenter.CLOCK);
      assertThat(fingerprints(broken)).isEqualTo(fingerprints(whole));
    }
  }

  /// What a table holds, of all that hold something.
  private static Map<String, String> fingerprints(TestDatacenter datacenter) {
    var names = new ArrayList<String>();
    LAYOUT.tables().forEach(table -> names.add(table.name()));
    LAYOUT.joinTables().forEach(table -> names.add(table.name()));
    var fingerprints = new TreeMap<String, String>();
    for (var name : names) {
      datacenter
          .texts(
              """
              SELECT md5(string_agg(given::text, ',' ORDER BY given::text))
              FROM %s given
              HAVING count(*) > 0
              """
                  .formatted(Layout.qualified(name)))
          .forEach(fingerprint -> fingerprints.put(name, fingerprint));
    }
    return fingerprints;
  }
}
