package io.belfry.hypervisor.simulator;

import io.belfry.hypervisor.CloudInit;
import io.belfry.hypervisor.Device;
import io.belfry.hypervisor.GuestSeen;
import io.belfry.hypervisor.GuestSeen.Tools;
import io.belfry.hypervisor.Ipv4;
import io.belfry.hypervisor.VmDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the guests do and show, as a function of the machine and the time.
final class Guests {
  private final Networks networks;
  private final Volumes volumes;
  private final SimulationSpeed speed;

  Guests(Networks networks, Volumes volumes, SimulationSpeed speed) {
    this.networks = networks;
    this.volumes = volumes;
    this.speed = speed;
  }

  GuestSeen seen(Machine machine, long nowMillis) {
    var image = machine.isStopped() ? installed(machine.definition()) : machine.guest();
    if (image == null || !image.hasTools()) {
      return GuestSeen.silent(Tools.NOT_INSTALLED);
    }
    if (!toolsRun(machine, nowMillis)) {
      return GuestSeen.silent(Tools.NOT_RUNNING);
    }
    var identity = identity(machine);
    var nics = nics(machine.definition(), identity);
    return new GuestSeen(
        Tools.RUNNING,
        image.toolsVersion(),
        hostname(machine.definition(), identity),
        image.os(),
        image.kernel(),
        dnsServers(identity, nics),
        nics);
  }

  boolean toolsRun(Machine machine, long nowMillis) {
    return machine.hasTools() && isUp(machine, nowMillis);
  }

  /// Whether a guest runs and has booted.
  boolean isUp(Machine machine, long nowMillis) {
    return machine.isRunning() && machine.guest() != null && bootLeft(machine, nowMillis).isZero();
  }

  /// How long the guest of a running machine takes to shut down when asked now, after it has
  /// booted; empty when it never will. The speed of the simulation is in it.
  Optional<Duration> shutdownTime(Machine machine, long nowMillis) {
    if (machine.guest() == null || !machine.guest().hasTools()) {
      return Optional.empty();
    }
    return Optional.of(bootLeft(machine, nowMillis).plus(speed.scaled(Pace.GUEST_SHUTDOWN)));
  }

  /// What is installed on the volume that a VM boots from.
  @Nullable GuestImage installed(VmDefinition vm) {
    return volumes.bootVolume(vm).map(volume -> volume.content().guest()).orElse(null);
  }

  /// What the guest is from its first boot on.
  static Identity identityOf(VmDefinition vm, @Nullable GuestImage image) {
    var cloudInit = vm.cloudInit();
    if (cloudInit == null || image == null || !image.cloudInit()) {
      return Identity.NONE;
    }
    var nics = vm.devices(Device.Nic.class);
    var fixed =
        cloudInit.networks().stream()
            .filter(CloudInit.Static.class::isInstance)
            .map(CloudInit.Static.class::cast)
            .filter(network -> network.nicIndex() < nics.size())
            .map(network -> fixedNic(nics.get(network.nicIndex()), network))
            .toList();
    return new Identity(cloudInit.hostname(), cloudInit.nameservers(), fixed);
  }

  private static GuestSeen.Nic fixedNic(Device.Nic nic, CloudInit.Static network) {
    var gateway =
        network.routes().stream()
            .filter(route -> Ipv4.parse(route.netmask()).equals(Optional.of(Ipv4.netmask(0))))
            .map(CloudInit.Route::gateway)
            .findFirst()
            .orElse(null);
    return new GuestSeen.Nic(nic.mac(), network.address(), network.netmask(), gateway);
  }

  private Duration bootLeft(Machine machine, long nowMillis) {
    var endsAt = machine.bootedAtMillis() + speed.scaled(Pace.BOOT).toMillis();
    return Duration.ofMillis(Math.max(0, endsAt - nowMillis));
  }

  /// Gives addresses to the NICs of a guest that will ask for them.
  void giveAddresses(Machine machine) {
    if (machine.hasTools()) {
      nics(machine.definition(), identity(machine));
    }
  }

  private static Identity identity(Machine machine) {
    return machine.identity() == null ? Identity.NONE : machine.identity();
  }

  private List<GuestSeen.Nic> nics(VmDefinition vm, Identity identity) {
    return vm.devices(Device.Nic.class).stream()
        .filter(Device.Nic::enabled)
        .flatMap(nic -> identity.fixed(nic.mac()).or(() -> networks.lease(nic)).stream())
        .toList();
  }

  /// A guest that nobody named calls itself like its VM, as far as a hostname can.
  private static String hostname(VmDefinition vm, Identity identity) {
    if (identity.hostname() != null) {
      return identity.hostname();
    }
    var name = vm.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    var trimmed = name.replaceAll("^-|-$", "");
    return trimmed.isEmpty() ? "localhost" : trimmed;
  }

  private static List<String> dnsServers(Identity identity, List<GuestSeen.Nic> nics) {
    if (!identity.dnsServers().isEmpty()) {
      return identity.dnsServers();
    }
    return nics.stream().flatMap(nic -> Stream.ofNullable(nic.gateway())).limit(1).toList();
  }
}
