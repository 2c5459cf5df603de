package io.belfry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.cli.catalogue.Catalogue;
import io.belfry.cli.catalogue.OperationEntry;
import io.belfry.cli.shell.ExitCode;
import io.belfry.recording.Recorder;
import io.belfry.recording.Recording;
import io.belfry.recording.Replay;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.Json;
import io.belfry.testing.BelfryServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/// What every list, and changes of each kind, look like in every format, read back as programs
/// would. The server's answers are recorded first, because usage differs from one moment to the
/// next.
@BelfryServer
final class FormatsTest {
  /// Each with another kind of answer, with texts that formats must not take for their own.
  private static final List<List<String>> CHANGES =
      List.of(
          List.of(
              "vm",
              "create",
              "--template",
              "ubuntu22.04",
              "--cluster",
              "cluster-hci-01",
              "--name",
              "a, \"b\": - c",
              "--is-full-copy"),
          List.of("vm", "shutdown", "web-01", "db-01"),
          List.of("vm", "update-basic-info", "web-01", "--description", "one: \"two\", | three"),
          List.of("vm", "delete", "web-01", "--yes"));

  private final Catalogue catalogue = new Catalogue();
  private final Shell shell = new Shell();

  @TempDir Path directory;

  @Test
  void everyListIsTheSameInAllOfThem(ApiClient client) throws IOException {
    shell.set("BELFRY_TOKEN", Objects.requireNonNull(client.token()));
    var file = directory.resolve("lists.jsonl");
    var rows = new LinkedHashMap<String, Json>();
    try (var recorder = Recorder.start(client.configuration(), file, 0, call -> {})) {
      shell.set("BELFRY_URL", recorder.url());
      forEachList(list -> rows.put(String.join(" ", list), Json.parse(run(list, "json"))));
    }

    try (var replay = Replay.start(Recording.read(file), 0)) {
      shell.set("BELFRY_URL", replay.url());
      forEachList(list -> compare(list, Json.parse(run(list, "json"))));
    }

    assertThat(rows.values()).filteredOn(each -> !each.elements().isEmpty()).hasSizeGreaterThan(20);
  }

  @Test
  void changesAreTheSameInAllOfThem(ApiClient client) throws IOException {
    shell.set("BELFRY_TOKEN", Objects.requireNonNull(client.token()));
    for (var change : CHANGES) {
      var file = directory.resolve(String.join("-", change.subList(0, 2)) + ".jsonl");
      Json rows;
      try (var recorder = Recorder.start(client.configuration(), file, 0, call -> {})) {
        shell.set("BELFRY_URL", recorder.url());
        rows = Json.parse(run(change, "json"));
      }
      assertThat(rows.elements()).as("%s", change).isNotEmpty();
      try (var replay = Replay.start(Recording.read(file), 0)) {
        shell.set("BELFRY_URL", replay.url());
        compare(change, rows);
      }
    }
  }

  private void forEachList(Consumer<List<String>> action) {
    for (var group : catalogue.groups()) {
      for (var operation : catalogue.operations(group)) {
        if (operation.kind() == OperationEntry.Kind.LIST) {
          action.accept(List.of(group, operation.verb(), "--first", "3"));
        }
      }
    }
  }

  private String run(List<String> command, String format) {
    var words = new ArrayList<>(command);
    words.addAll(List.of("-o", format));
    var ran = shell.run(words.toArray(String[]::new));
    assertThat(ran.exitCode()).as("%s: %s", words, ran.err()).isEqualTo(ExitCode.OK);
    return ran.out();
  }

  private void compare(List<String> command, Json rows) {
    var what = String.join(" ", command);
    var count = rows.elements().size();
    assertThat(run(command, "jsonl").lines().map(Json::parse))
        .as(what + " as JSON lines")
        .isEqualTo(rows.elements());
    Object yaml = new Yaml().load(run(command, "yaml"));
    assertThat(Json.of(yaml)).as(what + " as YAML").isEqualTo(rows);
    var shown = command.contains("delete") ? 0 : count + 1; // people know what they have deleted
    assertThat(run(command, "table").lines()).as(what + " as a table").hasSize(shown);
    var csv = csv(run(command, "csv"));
    assertThat(csv)
        .as(what + " as CSV")
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
