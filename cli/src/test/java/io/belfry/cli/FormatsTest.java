package io.belfry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.cli.catalogue.Catalogue;
import io.belfry.cli.catalogue.OperationEntry;
import io.belfry.cli.shell.ExitCode;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.Json;
import io.belfry.testing.BelfryServer;
import io.belfry.testing.ServerAccess;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/// What every list looks like in every format, read back as programs would.
@BelfryServer
final class FormatsTest {
  private static final String[] THREE = {"--first", "3"};

  private final Catalogue catalogue = new Catalogue();
  private final Shell shell = new Shell();

  @BeforeEach
  void login(ServerAccess server, ApiClient client) {
    shell
        .set("BELFRY_URL", server.url())
        .set("BELFRY_TOKEN", Objects.requireNonNull(client.token()));
  }

  private String run(OperationEntry list, String group, String format) {
    var words = new ArrayList<>(List.of(group, list.verb(), "-o", format));
    words.addAll(List.of(THREE));
    var ran = shell.run(words.toArray(String[]::new));
    assertThat(ran.exitCode()).as("%s: %s", words, ran.err()).isEqualTo(ExitCode.OK);
    return ran.out();
  }

  @Test
  void everyListIsTheSameInAllOfThem() {
    var filled = new HashSet<String>();
    for (var group : catalogue.groups()) {
      for (var operation : catalogue.operations(group)) {
        if (operation.kind() == OperationEntry.Kind.LIST) {
          var rows = Json.parse(run(operation, group, "json"));
          if (!rows.elements().isEmpty()) {
            filled.add(operation.path());
          }
          compare(operation, group, rows);
        }
      }
    }
    assertThat(filled).hasSizeGreaterThan(20);
  }

  private void compare(OperationEntry operation, String group, Json rows) {
    var count = rows.elements().size();
    assertThat(run(operation, group, "jsonl").lines().map(Json::parse))
        .as(operation.path() + " as JSON lines")
        .isEqualTo(rows.elements());
    Object yaml = new Yaml().load(run(operation, group, "yaml"));
    assertThat(Json.of(yaml)).as(operation.path() + " as YAML").isEqualTo(rows);
    assertThat(run(operation, group, "table").lines())
        .as(operation.path() + " as a table")
        .hasSize(count + 1);
    var csv = csv(run(operation, group, "csv"));
    assertThat(csv)
        .as(operation.path() + " as CSV")
        .hasSize(count + 1)
        .allSatisfy(row -> assertThat(row).hasSameSizeAs(csv.get(0)));
  }

  /// As RFC 4180 says.
  private static List<List<String>> csv(String text) {
    var rows = new ArrayList<List<String>>();
    var row = new ArrayList<String>();
    var cell = new StringBuilder();
    var quoted = false;
    for (var i = 0; i < text.length(); i++) {
      var letter = text.charAt(i);
      if (letter == '"') {
        if (quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
          cell.append('"');
          i++;
        } else {
          quoted = !quoted;
        }
      } else if (quoted || (letter != ',' && letter != '\r' && letter != '\n')) {
        cell.append(letter);
      } else if (letter != '\r') {
        row.add(cell.toString());
        cell.setLength(0);
        if (letter == '\n') {
          rows.add(List.copyOf(row));
          row.clear();
        }
      }
    }
    return rows;
  }
}
