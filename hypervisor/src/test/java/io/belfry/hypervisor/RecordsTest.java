package io.belfry.hypervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.belfry.hypervisor.Device.CdRom;
import io.belfry.hypervisor.StoragePolicy.ErasureCoded;
import io.belfry.hypervisor.StoragePolicy.Replicas;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RecordsTest {
  private static final CdRom FIRST = new CdRom(new DeviceId("first"), 0, null, true);
  private static final CdRom SECOND = new CdRom(new DeviceId("second"), 1, null, true);

  @Test
  void writesMacAddressesInLowerCase() {
    assertThat(new MacAddress("52:54:00:AB:CD:EF")).hasToString("52:54:00:ab:cd:ef");
    assertThatIllegalArgumentException().isThrownBy(() -> new MacAddress("52-54-00-ab-cd-ef"));
  }

  @Test
  void refusesIdsThatAreBlank() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new VmId(" "))
        .withMessage("VmId must not be blank");
  }

  @Test
  void refusesTwoDevicesWithTheSameId() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> vm(FIRST, FIRST))
        .withMessage("ids of devices must be distinct: first");
  }

  @Test
  void countsCpusAndStoredBytes() {
    assertThat(new Cpu(2, 4).count()).isEqualTo(8);
    assertThat(new Replicas(3).overhead()).isEqualTo(3);
    assertThat(new ErasureCoded(4, 2).overhead()).isEqualTo(1.5);
  }

  @Test
  void changesDevicesInPlace() {
    var vm = vm(FIRST).with(SECOND);
    var loaded = FIRST.withImage(new ImageId("image"));

    assertThat(vm.devices()).containsExactly(FIRST, SECOND);
    assertThat(vm.withReplaced(loaded).devices()).containsExactly(loaded, SECOND);
    assertThat(vm.without(FIRST.id()).devices()).containsExactly(SECOND);
    assertThat(vm.device(SECOND.id())).contains(SECOND);
  }

  private static VmDefinition vm(Device... devices) {
    return new VmDefinition(
        new VmId("vm"), "vm", new Cpu(1, 1), 1 << 30, Firmware.BIOS, List.of(devices), null);
  }
}
