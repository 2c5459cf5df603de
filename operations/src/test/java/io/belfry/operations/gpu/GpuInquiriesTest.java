package io.belfry.operations.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.operations.Site;
import io.belfry.store.rows.GpuDeviceEdit;
import io.belfry.store.rows.GpuDeviceRow;
import io.belfry.store.rows.GpuDeviceStatus;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is asked about GPUs, of a host with two, of which a VM has one.
final class GpuInquiriesTest {
  private final Site site = new Site();
  private final JsonNode vm = site.vm("'status': 'RUNNING'");

  @BeforeEach
  void addGpus() {
    site.store()
        .change(transaction -> {
          transaction.insert(List.of(gpu("used"), gpu("free")));
          transaction.link(GpuDeviceRow.TYPE, "vms", "used", List.of(id(vm)));
        });
  }

  private GpuDeviceEdit gpu(String id) {
    return GpuDeviceEdit.edit()
        .id(id)
        .localId(id)
        .name(id)
        .hostId(id(vm.required("host")))
        .brand("NVIDIA")
        .model("A10")
        .busLocation("0000:3b:00.0")
        .description("")
        .status(GpuDeviceStatus.READY)
        .localCreatedAt(Site.NOW);
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void vmsAreToldWithTheirGpus() {
    var answer = site.ask("get-vm-gpu-device-info", "{'where': {'id': '%s'}}".formatted(id(vm)));

    assertThat(answer.size()).isEqualTo(1);
    assertThat(answer.get(0).required("name")).isEqualTo(vm.required("name"));
    var devices = answer.get(0).required("gpu_devices");
    assertThat(devices.size()).isEqualTo(1);
    assertThat(devices.get(0).required("model").textValue()).isEqualTo("A10");
    assertThat(devices.get(0).has("vms")).isFalse();
  }

  @Test
  void vmsWithoutGpusAreToldInTheAskedOrder() {
    var answer =
        site.ask(
            "get-vm-gpu-device-info",
            "{'where': {'id_not': '%s'}, 'orderBy': 'name_DESC', 'first': 3}".formatted(id(vm)));

    var expected =
        site.list(
            "Vm",
            "{'where': {'id_not': '%s'}, 'orderBy': 'name_DESC', 'first': 3}".formatted(id(vm)));
    assertThat(answer.size()).isEqualTo(3);
    IntStream.range(0, 3)
        .forEach(i -> {
          assertThat(answer.get(i).required("id")).isEqualTo(expected.get(i).required("id"));
          assertThat(answer.get(i).required("gpu_devices").size()).isZero();
        });
  }

  @Test
  void gpusAreToldWithTheirVms() {
    var answer = site.ask("get-detail-vm-info-by-gpu-devices", "{'orderBy': 'id_DESC'}");

    assertThat(answer.size()).isEqualTo(2);
    assertThat(answer.get(1).required("vms").size()).isZero();
    var users = answer.get(0).required("vms");
    assertThat(users.size()).isEqualTo(1);
    assertThat(users.get(0).required("id").textValue()).isEqualTo(id(vm));
    assertThat(users.get(0).required("memory")).isEqualTo(vm.required("memory"));
    assertThat(users.get(0).required("cluster")).isEqualTo(vm.required("cluster"));
  }

  private static String id(JsonNode object) {
    return object.required("id").textValue();
  }
}
