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
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/// What every list looks like in every format, read back as programs would. The server's answers
/// are recorded first, because usage differs from one moment to the next.
@BelfryServer
final class FormatsTest {
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
      forEachList((group, verb) -> rows.put(group + verb, Json.parse(run(group, verb, "json"))));
    }

    try (var replay = Replay.start(Recording.read(file), 0)) {
      shell.set("BELFRY_URL", replay.url());
      forEachList((group, verb) -> compare(group, verb, Json.parse(run(group, verb, "json"))));
    }

    assertThat(rows.values()).filteredOn(each -> !each.elements().isEmpty()).hasSizeGreaterThan(20);
  }

  private void forEachList(BiConsumer<String, String> action) {
    for (var group : catalogue.groups()) {
      for (var operation : catalogue.operations(group)) {
        if (operation.kind() == OperationEntry.Kind.LIST) {
          action.accept(group, operation.verb());
        }
      }
    }
  }

  private String run(String group, String verb, String format) {
    var ran = shell.run(group, verb, "--first", "3", "-o", format);
    assertThat(ran.exitCode()).as("%s %s: %s", group, verb, ran.err()).isEqualTo(ExitCode.OK);
    return ran.out();
  }

  private void compare(String group, String verb, Json rows) {
    var what = group + " " + verb;
    var count = rows.elements().size();
    assertThat(run(group, verb, "jsonl").lines().map(Json::parse))
        .as(what + " as JSON lines")
        .isEqualTo(rows.elements());
    Object yaml = new Yaml().load(run(group, verb, "yaml"));
    assertThat(Json.of(yaml)).as(what + " as YAML").isEqualTo(rows);
    assertThat(run(group, verb, "table").lines()).as(what + " as a table").hasSize(count + 1);
    var csv = csv(run(group, verb, "csv"));
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
