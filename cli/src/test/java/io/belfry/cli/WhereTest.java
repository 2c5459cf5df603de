package io.belfry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.cli.catalogue.Catalogue;
import io.belfry.cli.catalogue.TypeUse;
import io.belfry.cli.shell.Failure;
import io.belfry.cli.where.Where;
import io.belfry.sdk.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.assertj.core.data.TemporalUnitLessThanOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WhereTest {
  private final Catalogue catalogue = new Catalogue();

  private Json parse(String condition) {
    return Where.parse(catalogue, condition, catalogue.entity("Vm"), Instant.now());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "status = RUNNING                | {\"status\":\"RUNNING\"}",
        "status != running               | {\"status_not\":\"RUNNING\"}",
        "vcpu>4                          | {\"vcpu_gt\":4}",
        "memory <= 4GiB                  | {\"memory_lte\":4294967296}",
        "memory >= 1.5GB                 | {\"memory_gte\":1500000000}",
        "name = \"a \\\"b\\\"\"          | {\"name\":\"a \\\"b\\\"\"}",
        "name contains 'x y'             | {\"name_contains\":\"x y\"}",
        "name not starts_with web-       | {\"name_not_starts_with\":\"web-\"}",
        "name in (a, \"b,c\", and)       | {\"name_in\":[\"a\",\"b,c\",\"and\"]}",
        "name NOT IN (a)                 | {\"name_not_in\":[\"a\"]}",
        "ha = true                       | {\"ha\":true}",
        "host is null                    | {\"host\":null}",
        "host is not null                | {\"NOT\":[{\"host\":null}]}",
        "folder.name is not null         | {\"folder\":{\"name_not\":null}}",
        "cluster.name = c1               | {\"cluster\":{\"name\":\"c1\"}}",
        "vm_disks.bus = IDE              | {\"vm_disks_some\":{\"bus\":\"IDE\"}}",
        "none vm_disks (bus = IDE)       | {\"vm_disks_none\":{\"bus\":\"IDE\"}}",
        "vcpu = 1 or vcpu = 2 and ha = true |"
            + " {\"OR\":[{\"vcpu\":1},{\"AND\":[{\"vcpu\":2},{\"ha\":true}]}]}",
        "(vcpu = 1 or vcpu = 2) and not ha = true |"
            + " {\"AND\":[{\"OR\":[{\"vcpu\":1},{\"vcpu\":2}]},{\"NOT\":[{\"ha\":true}]}]}",
        "{\"vcpu\": 1}                   | {\"vcpu\":1}",
      })
  void becomesTheFilter(String condition, String filter) {
    assertThat(parse(condition)).hasToString(filter);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "nam = x             | has no field 'nam'; did you mean 'name'     | 0",
        "vcpu = many         | vcpu must be a whole number                 | 7",
        "status = RUNING     | did you mean 'RUNNING'                      | 9",
        "memory > 4 GB       | expected 'and', 'or' or the end             | 11",
        "name                | expected an operator                        | 4",
        "name ~ x            | '~' is no operator                          | 5",
        "vcpu contains 1     | can't be compared by 'contains'             | 5",
        "(vcpu = 1           | expected ')'                                | 9",
        "name = \"x          | is a quote missing                          | 6",
        "name = null         | name is null                                | 7",
        "cluster = c1        | is a relation                               | 0",
        "vcpu.x = 1          | is no relation                              | 0",
        "every cluster (x=1) | not a relation to many                      | 6",
        "created_at > soon   | has no field 'created_at'                   | 0",
        "local_created_at > soon | must be a time                          | 19",
      })
  void mistakesPointAtThePlace(String condition, String message, int position) {
    assertThatThrownBy(() -> parse(condition))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(message)
        .extracting(failure -> ((Failure) failure).details().get("position"))
        .isEqualTo(Json.of(position));
  }

  @Test
  void timesCanBeRelative() {
    var filter = parse("local_created_at > now-7d");
    assertThat(Instant.parse(filter.get("local_created_at_gt").asText()))
        .isCloseTo(
            Instant.now().minus(Duration.ofDays(7)),
            new TemporalUnitLessThanOffset(1, ChronoUnit.MINUTES));
    assertThat(parse("local_created_at < 2026-01-31T08:00:00+08:00"))
        .isEqualTo(Json.object("local_created_at_lt", "2026-01-31T00:00:00.000Z"));
  }

  @Test
  void everyFieldOfEveryEntityCanBeAskedForOrSaysWhyNot() {
    var asked = 0;
    for (var group : catalogue.groups()) {
      for (var operation : catalogue.operations(group)) {
        if (operation.path().startsWith("get-")
            && operation.result().kind() == TypeUse.Kind.ENTITY) {
          var entity = catalogue.definition(operation.result());
          for (var field : entity.fields()) {
            if (field.filter().operators().contains("_not")) {
              assertThat(
                      Where.parse(catalogue, field.name() + " is not null", entity, Instant.now())
                          .has(field.name() + "_not"))
                  .isTrue();
              asked++;
            }
          }
        }
      }
    }
    assertThat(asked).isGreaterThan(1000);
  }
}
