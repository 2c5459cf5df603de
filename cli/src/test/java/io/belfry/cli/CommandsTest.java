package io.belfry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.cli.shell.ExitCode;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.Json;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.NestedCluster;
import io.belfry.sdk.model.Vm;
import io.belfry.sdk.model.VmStatus;
import io.belfry.sdk.model.VmUpdateParamsData;
import io.belfry.testing.BelfryServer;
import io.belfry.testing.ServerAccess;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

@BelfryServer
final class CommandsTest {
  private final Shell shell = new Shell();
  private VmApi vmApi;
  private List<Vm> vms;

  @BeforeEach
  void seeVms(ServerAccess server, ApiClient client) {
    vmApi = new VmApi(client);
    shell
        .set("BELFRY_URL", server.url())
        .set("BELFRY_USER", server.username())
        .set("BELFRY_PASSWORD", server.password());
    vms = vmApi.getVms(Vm.IN_RECYCLE_BIN.is(false));
  }

  private Vm vm(VmStatus status) {
    return vms.stream().filter(each -> each.status().equals(status)).findFirst().orElseThrow();
  }

  private static NestedCluster clusterOf(Vm vm) {
    return Objects.requireNonNull(vm.cluster());
  }

  private Vm now(Vm vm) {
    return vmApi.getVm(vm.id());
  }

  @Test
  void listsAllOrSome() {
    var all = shell.run("vm", "list", "-o", "json");
    assertThat(all.err()).isEmpty();
    assertThat(all.json().elements()).hasSizeGreaterThanOrEqualTo(vms.size());
    var some =
        shell.run(
            "vm",
            "list",
            "--where",
            "status = running and vcpu >= 1",
            "--order",
            "name:desc",
            "--first",
            "2",
            "-o",
            "jsonl");
    var names = some.lines().stream().map(line -> Json.parse(line).get("name").asText()).toList();
    assertThat(names).hasSize(2).isSortedAccordingTo(Comparator.reverseOrder());
    var counted = shell.run("vm", "count", "-o", "json");
    assertThat(counted.json().get("count").asLong()).isEqualTo(all.json().elements().size());
  }

  @Test
  void writesEveryFormat() {
    var vm = vms.get(0);
    String[] base = {"vm", "list", vm.name(), "--columns", "name,cluster.name,memory", "-o"};
    var table = shell.run(with(base, "table")).lines();
    assertThat(table.get(0)).matches("NAME +CLUSTER.NAME +MEMORY");
    assertThat(table.get(1)).startsWith(vm.name()).contains(clusterOf(vm).name()).endsWith("iB");
    var csv = shell.run(with(base, "csv")).out();
    assertThat(csv)
        .isEqualTo(
            "name,cluster.name,memory\r\n%s,%s,%s\r\n"
                .formatted(vm.name(), clusterOf(vm).name(), vm.memory()));
    var json = shell.run(with(base, "json")).json();
    assertThat(json)
        .isEqualTo(
            Json.array(
                Json.object(
                    "name",
                    vm.name(),
                    "cluster.name",
                    clusterOf(vm).name(),
                    "memory",
                    vm.memory())));
    assertThat(Json.parse(shell.run(with(base, "jsonl")).out())).isEqualTo(json.get(0));
    Object yaml = new Yaml().load(shell.run(with(base, "yaml")).out());
    assertThat(Json.of(yaml)).isEqualTo(json);
  }

  private static String[] with(String[] words, String last) {
    var all = Arrays.copyOf(words, words.length + 1);
    all[words.length] = last;
    return all;
  }

  @Test
  void changesWaitAndShowWhatHasBecome() {
    var stopped = vm(VmStatus.STOPPED);
    var ran = shell.run("vm", "start", stopped.name(), "-o", "json");
    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(ExitCode.OK);
    assertThat(ran.json().get(0).get("status").asText()).isEqualTo("RUNNING");
    assertThat(ran.err()).contains("[1/1]", "done");
    assertThat(now(stopped).status()).isEqualTo(VmStatus.RUNNING);
  }

  @Test
  void changesCanBeLeftToGoOn() {
    var stopped = vm(VmStatus.STOPPED);
    var accepted = shell.run("vm", "start", stopped.id(), "--no-wait");
    assertThat(accepted.err()).contains("belfry task wait");
    var waited = shell.run("task", "wait", accepted.out().strip());
    assertThat(waited.exitCode()).as(waited.err()).isEqualTo(ExitCode.OK);
    assertThat(now(stopped).status()).isEqualTo(VmStatus.RUNNING);
  }

  @Test
  void waitingForATaskThatIsNotThereSaysSo() {
    var waited = shell.run("task", "wait", "no-such-task");
    assertThat(waited.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(waited.err()).contains("no Task has the id 'no-such-task'");
  }

  @Test
  void ctrlCSaysThatTheTasksGoOn() {
    var stopped = vm(VmStatus.STOPPED);
    var ran = shell.run("vm", "start", stopped.id());
    assertThat(ran.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(shell.interrupts()).hasSize(1);
  }

  @Test
  void optionsBecomeTheBody() {
    var vm = vms.get(0);
    var ran =
        shell.run(
            "vm",
            "update-basic-info",
            vm.name(),
            "--name",
            "renamed",
            "--description",
            "100 % new",
            "--no-ha");
    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(ExitCode.OK);
    var renamed = now(vm);
    assertThat(renamed.name()).isEqualTo("renamed");
    assertThat(renamed.description()).isEqualTo("100 % new");
  }

  @Test
  void namesStandForIdsAndAmountsHaveUnits() {
    var cluster = clusterOf(vms.get(0));
    var created =
        shell.run(
            "vm",
            "create",
            "--name",
            "made",
            "--cluster",
            cluster.name(),
            "--vcpu",
            "2",
            "--cpu-cores",
            "2",
            "--cpu-sockets",
            "1",
            "--memory",
            "1.5GiB",
            "--no-ha",
            "--firmware",
            "bios",
            "--status",
            "stopped",
            "--vm-nics",
            "[]",
            "--vm-disks",
            "{}",
            "-o",
            "json");
    assertThat(created.exitCode()).as(created.err()).isEqualTo(ExitCode.OK);
    var made = created.json().get(0);
    assertThat(made.get("cluster").get("id").asText()).isEqualTo(cluster.id());
    assertThat(made.get("memory").asLong()).isEqualTo(1610612736);
    assertThat(made.get("ha").asBoolean()).isFalse();
  }

  @Test
  void creatingSaysWhatIsMissing() {
    var ran = shell.run("vm", "create", "--name", "made");
    assertThat(ran.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err()).contains("missing: ", "--cluster", "--memory");
  }

  @Test
  void createsFromATemplateWhereOneIsNamed() {
    var templates = shell.run("content-library-vm-template", "list", "-o", "json").json();
    var template = templates.get(0);
    var created =
        shell.run(
            "vm",
            "create",
            "--template",
            template.get("name").asText(),
            "--name",
            "copy",
            "--cluster",
            clusterOf(vms.get(0)).name(),
            "--is-full-copy",
            "-o",
            "json");
    assertThat(created.exitCode()).as(created.err()).isEqualTo(ExitCode.OK);
    assertThat(created.json().get(0).get("name").asText()).isEqualTo("copy");
  }

  @Test
  void snapshotsAndVolumesHaveNamesToo() {
    var vm = vm(VmStatus.STOPPED);
    var data = Json.object("vm_id", vm.id(), "name", "before").toString();
    shell.run("vm-snapshot", "create", "--data", data);

    var rolledBack = shell.run("vm", "rollback", vm.name(), "--snapshot", "before");
    var kept =
        shell.run(
            "vm-volume-snapshot",
            "create",
            "--volume",
            vm.name() + "-1",
            "--name",
            "kept",
            "--description",
            "of the tests",
            "-o",
            "json");

    var copied =
        shell.run("vm-volume", "clone", "--id", vm.name() + "-1", "--name", "a copy", "-o", "json");

    assertThat(copied.json().get(0).get("name").asText()).as(copied.err()).isEqualTo("a copy");
    assertThat(rolledBack.exitCode()).as(rolledBack.err()).isEqualTo(ExitCode.OK);
    assertThat(kept.json().get(0).get("vm_volume").get("name").asText())
        .isEqualTo(vm.name() + "-1");
  }

  @Test
  void labelsAreShownByKeyAndValue() {
    var vm = vm(VmStatus.STOPPED);
    shell.run("label", "create", "--key", "trial", "--value", "today");
    shell.run("label", "create", "--key", "trial-alone");
    shell.run("label", "add-to-resources", "trial", "--vms", "name = " + vm.name());
    shell.run("label", "add-to-resources", "trial-alone", "--vms", "name = " + vm.name());

    assertThat(shell.run("vm", "list", vm.name(), "--columns", "labels").out())
        .contains("trial:today")
        .containsPattern("trial-alone(,|\\s)");
  }

  @Test
  void unknownNamesAreAnsweredByTheNearest() {
    var vm = vms.get(0);
    var ran = shell.run("vm", "start", vm.name() + "x");
    assertThat(ran.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(ran.err())
        .contains("no Vm has the name or id '" + vm.name() + "x'", "'" + vm.name() + "'");
  }

  @Test
  void dryRunsChangeNothing() {
    var running = vm(VmStatus.RUNNING);
    var ran = shell.run("vm", "poweroff", running.name(), "--dry-run");
    assertThat(ran.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(ran.out()).contains(running.name());
    assertThat(ran.err()).contains("Nothing is changed", running.id());
    assertThat(now(running).status()).isEqualTo(VmStatus.RUNNING);
  }

  @Test
  void takingAwayByConditionMustBeConfirmed() {
    var running = vm(VmStatus.RUNNING);
    String[] words = {"vm", "poweroff", "--where", "id = " + running.id()};
    var unasked = shell.run(words);
    assertThat(unasked.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(unasked.err()).contains("add --yes", running.name());
    assertThat(shell.answer("n").run(words).exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(now(running).status()).isEqualTo(VmStatus.RUNNING);
    assertThat(shell.answer("y").run(words).exitCode()).isEqualTo(ExitCode.OK);
    assertThat(now(running).status()).isEqualTo(VmStatus.STOPPED);
  }

  @Test
  void onlyWhatWasShownIsTakenAway() {
    var running =
        vms.stream().filter(each -> each.status().equals(VmStatus.RUNNING)).limit(2).toList();
    var shown = running.get(0);
    var later = running.get(1);
    vmApi
        .updateVm(Vm.ID.is(later.id()), VmUpdateParamsData.builder().description("old").build())
        .await(Duration.ofMinutes(1));
    shell.answer(() -> {
      vmApi
          .updateVm(Vm.ID.is(shown.id()), VmUpdateParamsData.builder().description("old").build())
          .await(Duration.ofMinutes(1));
      return "y";
    });

    var ran = shell.run("vm", "poweroff", "--where", "description = old");

    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(ExitCode.OK);
    assertThat(now(later).status()).isEqualTo(VmStatus.STOPPED);
    assertThat(now(shown).status()).as("met the condition too late").isEqualTo(VmStatus.RUNNING);
  }

  @Test
  void namesOfSeveralAreAnsweredByAllOfThem() {
    var vlans = shell.run("vlan", "list", "-o", "json").json().elements();
    var defaults =
        vlans.stream().filter(each -> each.get("name").asText().equals("default")).toList();
    assertThat(defaults).hasSizeGreaterThan(1);

    var ran = shell.run("vlan", "list", "default");

    assertThat(ran.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(ran.err()).contains("%s objects of the kind Vlan".formatted(defaults.size()));
    assertThat(defaults)
        .allSatisfy(each -> assertThat(ran.err()).contains(each.get("id").asText()));
  }

  @Test
  void nothingIsChangedUnlessSomebodySaysWhich() {
    var ran = shell.run("vm", "start");
    assertThat(ran.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err()).contains("names, ids or --where");
  }

  @Test
  void refusalsHaveTheirExitCode() {
    var ran = shell.run("vm", "update-basic-info", vms.get(0).id(), "--name", "", "-o", "json");
    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(ExitCode.REFUSED);
    assertThat(Json.parse(ran.err()).get("error").get("status").asLong()).isEqualTo(400);
    assertThat(shell.set("BELFRY_PASSWORD", "wrong").run("vm", "list").exitCode())
        .isIn(ExitCode.UNAUTHORIZED, ExitCode.REFUSED);
    assertThat(shell.set("BELFRY_URL", "http://127.0.0.1:1").run("vm", "list").exitCode())
        .isEqualTo(ExitCode.UNREACHABLE);
  }

  @Test
  void explainsCallsAsCurl() {
    var ran = shell.run("vm", "list", "--first", "1", "--explain");
    assertThat(ran.err())
        .startsWith("curl http://")
        .contains("/v2/api/get-vms", "$BELFRY_TOKEN", "\"first\": 1");
  }

  @Test
  void callsAnythingByItsPath() {
    var ran = shell.run("api", "get-vms", "--json", "{\"first\": 1}");
    assertThat(ran.json().elements()).hasSize(1);
    assertThat(
            shell
                .input("{\"first\": 2}")
                .run("api", "/v2/api/get-vms", "--json", "-")
                .json()
                .elements())
        .hasSize(2);
    var unknown = shell.run("api", "get-vmz", "--json", "{}");
    assertThat(unknown.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(unknown.err()).contains("get-vms");
  }

  @Test
  void looksAgainAndAgain() {
    var ran = shell.looks(3).run("cluster", "list", "--watch", "--columns", "name");
    assertThat(ran.lines()).filteredOn("NAME"::equals).hasSize(3);
  }

  @Test
  void mistakesPointAtThePlace() {
    var ran = shell.run("vm", "list", "--where", "statsu = RUNNING");
    assertThat(ran.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err()).contains("no field 'statsu'", "'status'", "\n  statsu = RUNNING\n  ^");
    assertThat(shell.run("vm", "list", "--columns", "nam").err())
        .contains("no field 'nam'", "'name'");
    assertThat(shell.run("vm", "list", "--order", "nam").err()).contains("'name'");
  }

  @Test
  void showsHowClustersAre() {
    var cluster = clusterOf(vms.get(0));
    var text = shell.run("dashboard", cluster.name());
    assertThat(text.exitCode()).as(text.err()).isEqualTo(ExitCode.OK);
    assertThat(text.lines().get(0)).matches(cluster.name() + ": \\d+ hosts, \\d+ VMs");
    assertThat(text.out()).containsPattern("Memory +\\[#+\\.*] +\\d+ % of [0-9.]+ [GT]iB");
    var json = shell.run("dashboard", "-o", "json").json();
    assertThat(json.elements()).hasSizeGreaterThan(1);
    var one =
        json.elements().stream()
            .filter(each -> each.get("name").asText().equals(cluster.name()))
            .findFirst()
            .orElseThrow();
    assertThat(one.get("vms").asLong()).isPositive();
    assertThat(one.get("cpu_hz").get("used").asLong())
        .isPositive()
        .isLessThan(one.get("cpu_hz").get("total").asLong());
  }

  @Test
  void takingAwayByJsonMustBeConfirmedToo() {
    var running = vm(VmStatus.RUNNING);
    var body = "{\"where\": {\"id\": \"%s\"}}".formatted(running.id());
    assertThat(shell.run("vm", "poweroff", "--json", body).err()).contains("add --yes");
    assertThat(now(running).status()).isEqualTo(VmStatus.RUNNING);
  }

  @Test
  void garbageIsAnsweredInOneLine() {
    for (var words :
        List.of(
            List.of("vm", "list", "--where", "local_created_at > now-99999999999999d"),
            List.of("vm", "list", "--where", "local_created_at > now-999999999999999999999d"),
            List.of("vm", "list", "--json", "[1]"),
            List.of("vm", "start", "x", "--json", "nonsense"),
            List.of("vm", "list", "--first", "99999999999999999999"),
            List.of("vm", "list", "--watch=0"))) {
      var ran = shell.run(words.toArray(String[]::new));
      assertThat(ran.exitCode()).as(words + ran.err()).isEqualTo(ExitCode.USAGE);
      assertThat(ran.err()).startsWith("belfry: ");
    }
  }
}
