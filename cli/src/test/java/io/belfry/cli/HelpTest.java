package io.belfry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.cli.catalogue.Catalogue;
import io.belfry.cli.output.Columns;
import io.belfry.cli.shell.ExitCode;
import io.belfry.sdk.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

final class HelpTest {
  private final Shell shell = new Shell();
  private final Catalogue catalogue = new Catalogue();

  @Test
  void everyOperationIsACommandThatSaysWhatItDoesAndTakes() {
    var seen = new ArrayList<String>();
    for (var group : catalogue.groups()) {
      for (var operation : catalogue.operations(group)) {
        var help = shell.run(group, operation.verb(), "--help");
        assertThat(help.exitCode()).as(operation.path()).isEqualTo(ExitCode.OK);
        assertThat(help.out())
            .as(operation.path())
            .contains("belfry " + group + " " + operation.verb())
            .contains("Calls " + operation.path() + ";")
            .contains("--output");
        seen.add(operation.path());
      }
    }
    assertThat(seen).containsExactlyInAnyOrderElementsOf(catalogue.paths()).hasSizeGreaterThan(500);
  }

  @Test
  void everyGroupListsItsVerbs() {
    for (var group : catalogue.groups()) {
      assertThat(shell.run(group, "--help").out()).as(group).contains(catalogue.verbs(group));
    }
  }

  @Test
  void theCommandAloneListsGroups() {
    var help = shell.run();
    assertThat(help.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(help.out()).contains(" vm ", " login", " api", "up, demo and build");
  }

  @Test
  void aGroupAloneIsNotWrittenAsItMustBe() {
    var ran = shell.run("vm");
    assertThat(ran.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err()).contains("start");
  }

  @Test
  void unknownWordsAreAnsweredByTheNearest() {
    assertThat(shell.run("vms", "list").err()).contains("no command 'belfry vms'", "'vm'");
    assertThat(shell.run("vm", "strat").err()).contains("no command 'belfry vm strat'", "'start'");
    assertThat(shell.run("vm", "list", "--ordr", "x").err())
        .contains("no option --ordr", "'--order'");
    assertThat(shell.run("vm", "list", "-o", "jsn").err()).contains("--output must be table");
  }

  @Test
  void errorsAreJsonWhereProgramsRead() {
    var ran = shell.run("vm", "strat", "-o", "json");
    assertThat(ran.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(Json.parse(ran.err()).get("error").get("exit_code").asLong()).isEqualTo(2);
  }

  @Test
  void theDocumentHasAllExitCodes() throws IOException {
    var document = Files.readString(Path.of("../docs/cli.md"));
    for (var code : ExitCode.values()) {
      assertThat(document).contains("| %s | %s |".formatted(code.number(), code.meaning()));
    }
  }

  @Test
  void theColumnsThatWereChosenExist() {
    for (var type : Columns.chosenTypes()) {
      assertThat(Columns.of(catalogue, catalogue.entity(type)).columns()).as(type).isNotEmpty();
    }
  }
}
