package io.belfry.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.belfry.sdk.internal.JsonText;
import io.belfry.sdk.model.Task;
import io.belfry.sdk.model.Vm;
import io.belfry.sdk.model.VmCreationParams;
import io.belfry.sdk.model.VmDiskParams;
import io.belfry.sdk.model.VmFirmware;
import io.belfry.sdk.model.VmNicParams;
import io.belfry.sdk.model.VmStatus;
import io.belfry.sdk.model.VmUpdateParamsData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ModelTest {
  private static Vm vm(String json) throws IOException {
    try (var parser = JsonText.parser(json.getBytes(StandardCharsets.UTF_8))) {
      parser.nextToken();
      return Vm.SHAPE.read(parser);
    }
  }

  @Test
  void readsWhatTheServerSends() throws IOException {
    var vm =
        vm(
            """
            {"id": "vm-1", "name": "web", "vcpu": 4, "memory": 4294967296, "ha": true,
             "status": "RUNNING", "cpu_usage": 12.5, "local_created_at": "2026-01-31T08:00:00.000Z",
             "cluster": {"id": "c-1", "name": "east"}, "cpu": {"cores": 2, "sockets": 2},
             "vm_disks": [{"id": "d-1"}, {"id": "d-2"}], "out_uninstall_usb": ["usb-1"]}
            """);

    assertThat(vm.id()).isEqualTo("vm-1");
    assertThat(vm.vcpu()).isEqualTo(4);
    assertThat(vm.memory()).isEqualTo(4294967296L);
    assertThat(vm.ha()).isTrue();
    assertThat(vm.status()).isSameAs(VmStatus.RUNNING);
    assertThat(vm.cpuUsage()).isEqualTo(12.5);
    assertThat(vm.localCreatedAt()).isEqualTo(Instant.parse("2026-01-31T08:00:00Z"));
    assertThat(vm.cluster()).isNotNull().satisfies(c -> assertThat(c.name()).isEqualTo("east"));
    assertThat(vm.cpu().cores()).isEqualTo(2);
    assertThat(vm.vmDisks()).extracting(disk -> disk.id()).containsExactly("d-1", "d-2");
    assertThat(vm.outUninstallUsb()).containsExactly("usb-1");
  }

  @Test
  void readsFieldsInAnyOrder() throws IOException {
    var vm = vm("{\"vcpu\": 4, \"name\": \"web\", \"id\": \"vm-1\"}");

    assertThat(vm.name() + vm.vcpu() + vm.id()).isEqualTo("web4vm-1");
  }

  @Test
  void takesAbsentAndNullAlike() throws IOException {
    var vm = vm("{\"hostname\": null}");

    assertThat(vm.hostname()).isNull();
    assertThat(vm.os()).isNull();
    assertThat(vm.labels()).isEmpty();
    assertThat(vm.lastShutdownTime()).isNull();
  }

  @Test
  void namesAPromisedFieldThatIsMissing() throws IOException {
    var vm = vm("{\"id\": \"vm-1\"}");

    assertThatIllegalStateException().isThrownBy(vm::vcpu).withMessageContaining("Vm.vcpu");
  }

  @Test
  void keepsUnknownFields() throws IOException {
    var vm = vm("{\"id\": \"vm-1\", \"colour\": {\"name\": \"red\"}}");

    assertThat(vm.additional("colour").get("name").asText()).isEqualTo("red");
    assertThat(vm.additional("size").isNull()).isTrue();
    assertThat(vm.json()).isEqualTo(Json.parse("{\"id\":\"vm-1\",\"colour\":{\"name\":\"red\"}}"));
  }

  @Test
  void keepsUnknownEnumValues() throws IOException {
    var status = vm("{\"status\": \"DREAMING\"}").status();

    assertThat(status.known()).isEqualTo(VmStatus.Known.UNRECOGNIZED);
    assertThat(status).isEqualTo(VmStatus.of("DREAMING")).isNotEqualTo(VmStatus.UNKNOWN);
    assertThat(Vm.STATUS.is(status)).hasToString("{\"status\":\"DREAMING\"}");
  }

  @Test
  void letsEnumsBeSwitchedOver() {
    var text =
        switch (VmStatus.of("STOPPED").known()) {
          case RUNNING -> "on";
          case STOPPED, SUSPENDED -> "off";
          default -> "?";
        };

    assertThat(text).isEqualTo("off");
  }

  @Test
  void showsWhatItHolds() throws IOException {
    assertThat(vm("{\"id\":\"vm-1\",\"vcpu\":4}")).hasToString("Vm{\"id\":\"vm-1\",\"vcpu\":4}");
    assertThat(vm("{\"id\":\"vm-1\"}")).isEqualTo(vm("{\"id\":\"vm-1\"}"));
    assertThat(vm("{\"id\":\"vm-1\"}")).isNotEqualTo(vm("{\"id\":\"vm-2\"}"));
  }

  @Test
  void readsAnyJsonWhereTheApiSaysSo() throws IOException {
    try (var parser =
        JsonText.parser("{\"args\": {\"a\": [1]}}".getBytes(StandardCharsets.UTF_8))) {
      parser.nextToken();
      assertThat(Task.SHAPE.read(parser).args().get("a").get(0).asLong()).isEqualTo(1);
    }
  }

  @Test
  void buildsInputs() {
    var params =
        VmCreationParams.builder()
            .clusterId("c-1")
            .name("web")
            .ha(true)
            .cpuCores(4)
            .cpuSockets(1)
            .vcpu(4)
            .memory(4L << 30)
            .status(VmStatus.STOPPED)
            .firmware(VmFirmware.BIOS)
            .vmNics(VmNicParams.builder().connectVlanId("vlan-1").build())
            .vmDisks(VmDiskParams.builder().build())
            .build();

    assertThat(params.json().get("memory").asLong()).isEqualTo(4294967296L);
    assertThat(params.json().get("vm_nics"))
        .isEqualTo(Json.parse("[{\"connect_vlan_id\":\"vlan-1\"}]"));
    assertThat(params.json().has("description")).isFalse();
  }

  @Test
  void namesAllThatIsMissingFromAnInput() {
    var builder = VmCreationParams.builder().name("web");

    assertThatIllegalStateException()
        .isThrownBy(builder::build)
        .withMessageContaining("VmCreationParams needs")
        .withMessageContaining("cluster_id")
        .withMessageContaining("vm_nics");
  }

  @Test
  void sendsNullOnlyWhereItWasSaid() {
    var data = VmUpdateParamsData.builder().description(null).name("web").build();

    assertThat(data.json()).hasToString("{\"description\":null,\"name\":\"web\"}");
  }

  @Test
  void sendsFieldsThatItDoesNotKnow() {
    var data = VmUpdateParamsData.builder().put("colour", Json.of("red")).build();

    assertThat(data.json()).hasToString("{\"colour\":\"red\"}");
  }

  @Test
  void doesNotChangeWithItsBuilder() {
    var builder = VmUpdateParamsData.builder().name("a");
    var first = builder.build();
    builder.name("b");

    assertThat(first.json()).hasToString("{\"name\":\"a\"}");
  }
}
