package io.belfry.hypervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.belfry.hypervisor.CloudInit.Dhcp;
import io.belfry.hypervisor.CloudInit.Network;
import io.belfry.hypervisor.CloudInit.Route;
import io.belfry.hypervisor.CloudInit.Static;
import io.belfry.hypervisor.Device.Nic;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Checked on a VM with two NICs.
final class CloudInitCheckTest {
  private static final Route TO_DEFAULT = new Route("0.0.0.0", "0.0.0.0", "10.0.0.1");

  @Test
  void acceptsWhatMakesSense() {
    CloudInitCheck.check(vm(null));
    CloudInitCheck.check(vm(cloudInit("web-1.example", fixed("10.0.0.2"), new Dhcp(1))));
  }

  @Test
  void refusesAHostnameThatIsNone() {
    for (var hostname : List.of("", "-web", "web_1", "a".repeat(64), "a..b")) {
      assertThat(wrongField(cloudInit(hostname))).isEqualTo("hostname");
    }
  }

  @Test
  void refusesANicThatTheVmDoesNotHaveOrThatIsConfiguredTwice() {
    assertThat(wrongField(cloudInit("web", new Dhcp(2)))).isEqualTo("networks[0].nicIndex");
    assertThat(wrongField(cloudInit("web", new Dhcp(-1)))).isEqualTo("networks[0].nicIndex");
    assertThat(wrongField(cloudInit("web", new Dhcp(1), new Dhcp(1))))
        .isEqualTo("networks[1].nicIndex");
  }

  @Test
  void refusesWhatIsNoAddress() {
    assertThat(wrongField(cloudInit("web", fixed("10.0.0.256")))).isEqualTo("networks[0].address");
    assertThat(wrongField(cloudInit("web", new Static(0, "10.0.0.2", "255.0.255.0", List.of()))))
        .isEqualTo("networks[0].netmask");
    var toNowhere = new Route("10.1.0.0", "255.255.0.0", "gateway");
    var routed = new Static(0, "10.0.0.2", "255.255.255.0", List.of(TO_DEFAULT, toNowhere));
    assertThat(wrongField(cloudInit("web", routed))).isEqualTo("networks[0].routes[1].gateway");
    assertThat(wrongField(new CloudInit(null, List.of(), List.of("dns"), null, List.of(), null)))
        .isEqualTo("nameservers[0]");
  }

  @Test
  void refusesTooMuch() {
    var servers = Collections.nCopies(4, "10.0.0.53");
    assertThat(wrongField(new CloudInit(null, List.of(), servers, null, List.of(), null)))
        .isEqualTo("nameservers");
    var keys = Collections.nCopies(11, "ssh-ed25519 AAAA");
    assertThat(wrongField(new CloudInit(null, List.of(), List.of(), null, keys, null)))
        .isEqualTo("publicKeys");
    var text = new Secret("字".repeat(11_000));
    assertThat(wrongField(new CloudInit(null, List.of(), List.of(), null, List.of(), text)))
        .isEqualTo("bytes of userData");
  }

  @Test
  void saysWhatIsWrongAndWhatWouldBeRight() {
    assertThatExceptionOfType(HypervisorException.class)
        .isThrownBy(() -> CloudInitCheck.check(vm(cloudInit("web", fixed("10.0.0.256")))))
        .withMessage(
            "Cloud-init of VM vm: networks[0].address \"10.0.0.256\" must be an IPv4 address.");
  }

  @Test
  void keepsSecretsOutOfText() {
    var cloudInit =
        new CloudInit(
            null, List.of(), List.of(), new Secret("sesame"), List.of(), new Secret("sesame"));

    assertThat(vm(cloudInit).toString()).doesNotContain("sesame");
  }

  private static String wrongField(CloudInit cloudInit) {
    var thrown =
        assertThatExceptionOfType(HypervisorException.class)
            .isThrownBy(() -> CloudInitCheck.check(vm(cloudInit)))
            .actual();
    return ((Fault.CloudInitInvalid) thrown.fault()).field();
  }

  private static Static fixed(String address) {
    return new Static(0, address, "255.255.255.0", List.of(TO_DEFAULT));
  }

  private static CloudInit cloudInit(String hostname, Network... networks) {
    return new CloudInit(hostname, List.of(networks), List.of("10.0.0.53"), null, List.of(), null);
  }

  private static VmDefinition vm(@Nullable CloudInit cloudInit) {
    return new VmDefinition(
        new VmId("vm"),
        "vm",
        new Cpu(1, 1),
        1 << 30,
        Firmware.BIOS,
        List.of(nic(0), nic(1)),
        cloudInit);
  }

  private static Nic nic(int number) {
    return new Nic(
        new DeviceId("nic" + number),
        new MacAddress("52:54:00:00:00:0" + number),
        new NetworkId("network"),
        Nic.Model.VIRTIO,
        true,
        false);
  }
}
