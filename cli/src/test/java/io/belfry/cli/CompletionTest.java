package io.belfry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.cli.shell.ExitCode;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.Condition;
import io.belfry.sdk.api.ClusterApi;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Cluster;
import io.belfry.sdk.model.Vm;
import io.belfry.testing.BelfryServer;
import io.belfry.testing.ServerAccess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@BelfryServer
final class CompletionTest {
  private final Shell shell = new Shell();
  private ApiClient client;
  @TempDir private Path config;

  @BeforeEach
  void logIn(ServerAccess server, ApiClient itsClient) {
    client = itsClient;
    shell
        .set("XDG_CONFIG_HOME", config.toString())
        .set("BELFRY_URL", server.url())
        .set("BELFRY_USER", server.username())
        .set("BELFRY_PASSWORD", server.password());
  }

  /// What is offered for the last of these words, without its meaning.
  private List<String> complete(String... words) {
    var all = new String[words.length + 2];
    all[0] = "complete";
    all[1] = "--";
    System.arraycopy(words, 0, all, 2, words.length);
    var ran = shell.run(all);
    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(ExitCode.OK);
    return ran.lines().stream().map(line -> line.split("\t")[0]).toList();
  }

  @Test
  void offersCommands() {
    assertThat(complete("")).contains("vm", "login", "api", "completion");
    assertThat(complete("vm-f")).containsExactly("vm-folder");
    assertThat(complete("vm", "sta")).containsExactly("start");
    assertThat(complete("context", "u")).containsExactly("use");
    assertThat(complete("context", "use", "")).isEmpty();
    assertThat(complete("api", "get-vms")).contains("get-vms", "get-vms-connection");
    assertThat(complete("completion", "")).containsExactly("bash", "zsh", "fish");
    assertThat(complete("nonsense", "x")).isEmpty();
  }

  @Test
  void offersOptionsAndTheirValues() {
    assertThat(complete("vm", "create", "--ha")).containsExactly("--ha", "--ha-priority");
    assertThat(complete("vm", "create", "--no-ha")).containsExactly("--no-ha");
    assertThat(complete("vm", "create", "--firmware", ""))
        .containsExactlyInAnyOrder("BIOS", "UEFI");
    assertThat(complete("vm", "list", "-o", "js")).containsExactly("json", "jsonl");
    assertThat(complete("vm", "list", "--order", "vcp")).containsExactly("vcpu");
    assertThat(shell.run("complete", "--", "vm", "list", "--wher").out())
        .startsWith("--where\tThose that meet");
  }

  @Test
  void offersNamesFromTheServer() {
    var vm = new VmApi(client).findVm(Vm.NAME.startsWith("web")).orElseThrow();
    assertThat(complete("vm", "start", "web"))
        .contains(vm.name())
        .allMatch(name -> name.startsWith("web"));
    var clusters =
        new ClusterApi(client)
            .getClusters(Condition.everything()).stream().map(Cluster::name).toList();
    assertThat(complete("vm", "create", "--cluster", ""))
        .containsExactlyInAnyOrderElementsOf(clusters);
  }

  @Test
  void saysNothingWhereNoServerAnswers() {
    shell.set("BELFRY_URL", "http://127.0.0.1:1");
    assertThat(complete("vm", "start", "web")).isEmpty();
    assertThat(shell.run("complete", "--", "vm", "start", "web").err()).isEmpty();
  }

  @Test
  void bashAsksAndQuotes() throws IOException, InterruptedException {
    var script = shell.run("completion", "bash").out();
    var session =
        script
            + """
            belfry() { [ "$*" = "complete -- vm start we" ] && printf 'web 1\\tA VM\\nweb-2\\n'; }
            COMP_WORDS=(belfry vm start we)
            COMP_CWORD=3
            _belfry
            printf '%s\\n' "${COMPREPLY[@]}"
            """;
    var process = new ProcessBuilder("bash", "-c", session).redirectErrorStream(true).start();
    var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(out.lines()).containsExactly("web\\ 1", "web-2");
  }

  @Test
  void everyShellHasAScript() {
    for (var name : List.of("bash", "zsh", "fish")) {
      assertThat(shell.run("completion", name).out()).contains("complete --");
    }
    assertThat(shell.run("completion", "csh").err()).contains("bash, zsh, fish");
  }
}
