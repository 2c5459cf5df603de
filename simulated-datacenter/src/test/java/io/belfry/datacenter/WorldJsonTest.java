package io.belfry.datacenter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.belfry.hypervisor.CloudInit;
import io.belfry.hypervisor.Cpu;
import io.belfry.hypervisor.Device;
import io.belfry.hypervisor.DeviceId;
import io.belfry.hypervisor.Firmware;
import io.belfry.hypervisor.GuestSeen;
import io.belfry.hypervisor.HostId;
import io.belfry.hypervisor.HostState;
import io.belfry.hypervisor.ImageId;
import io.belfry.hypervisor.Ipv4;
import io.belfry.hypervisor.MacAddress;
import io.belfry.hypervisor.NetworkId;
import io.belfry.hypervisor.PowerState;
import io.belfry.hypervisor.Secret;
import io.belfry.hypervisor.SnapshotId;
import io.belfry.hypervisor.StorageId;
import io.belfry.hypervisor.StoragePolicy;
import io.belfry.hypervisor.VmDefinition;
import io.belfry.hypervisor.VmId;
import io.belfry.hypervisor.VolumeDefinition;
import io.belfry.hypervisor.VolumeId;
import io.belfry.hypervisor.simulator.Content;
import io.belfry.hypervisor.simulator.GuestImage;
import io.belfry.hypervisor.simulator.HostCondition;
import io.belfry.hypervisor.simulator.Identity;
import io.belfry.hypervisor.simulator.Lease;
import io.belfry.hypervisor.simulator.Machine;
import io.belfry.hypervisor.simulator.NetworkRange;
import io.belfry.hypervisor.simulator.ObjectKey;
import io.belfry.hypervisor.simulator.Sharing;
import io.belfry.hypervisor.simulator.Snapshot;
import io.belfry.hypervisor.simulator.Volume;
import io.belfry.hypervisor.simulator.WorldObject;
import io.belfry.hypervisor.simulator.WorldObject.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WorldJsonTest {
  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void readsWhatItWrote(long seed) {
    for (var object : new Any(new Random(seed)).ofEachKind()) {
      assertThat(WorldJson.read(object.key(), WorldJson.write(object))).isEqualTo(object);
    }
  }

  @Test
  void refusesWhatAnotherVersionWrote() {
    var key = new ObjectKey(Kind.HOST, "h1");

    assertThatIllegalStateException()
        .isThrownBy(() -> WorldJson.read(key, "{\"version\": 2, \"id\": \"h1\"}"))
        .withMessageContaining("HOST h1")
        .withMessageContaining("version 2")
        .withMessageContaining("reads version 1");
  }

  @Test
  void refusesAKindThatItDoesNotKnow() {
    assertThatIllegalStateException()
        .isThrownBy(() -> WorldJson.key("CAT", "c1"))
        .withMessageContaining("CAT c1");
  }

  @Test
  void refusesWhatLacksSomething() {
    var key = new ObjectKey(Kind.HOST, "h1");

    assertThatIllegalStateException()
        .isThrownBy(() -> WorldJson.read(key, "{\"version\": 1, \"id\": \"h1\"}"))
        .withMessageContaining("HOST h1");
  }

  /// Objects with anything in them.
  private record Any(Random random) {
    List<WorldObject> ofEachKind() {
      return List.of(
          new HostCondition(new HostId(text()), constant(HostState.values())),
          new Lease(new NetworkId(text()), mac(), address()),
          machine(),
          new NetworkRange(new NetworkId(text()), address(), address(), address()),
          new Snapshot(new SnapshotId(text()), volumeDefinition(), content(), random.nextLong()),
          new Volume(
              volumeDefinition(),
              content(),
              new Sharing(random.nextInt(), random.nextBoolean(), random.nextLong()),
              new HashSet<>(some(() -> new VmId(text())))));
    }

    private Machine machine() {
      return new Machine(
          vmDefinition(),
          new HostId(text()),
          constant(PowerState.values()),
          random.nextLong(),
          random.nextLong(),
          perhaps(this::guest),
          perhaps(this::identity));
    }

    private VmDefinition vmDefinition() {
      var devices = new ArrayList<Device>();
      var devicesWanted = random.nextInt(4);
      for (var i = 0; i < devicesWanted; i++) {
        devices.add(device(new DeviceId(i + text())));
      }
      return new VmDefinition(
          new VmId(text()),
          text(),
          new Cpu(random.nextInt(1, 9), random.nextInt(1, 9)),
          positive(),
          constant(Firmware.values()),
          devices,
          perhaps(this::cloudInit));
    }

    private Device device(DeviceId id) {
      return switch (random.nextInt(3)) {
        case 0 ->
            new Device.Disk(
                id, new VolumeId(text()), constant(Device.Bus.values()), random.nextInt());
        case 1 ->
            new Device.CdRom(
                id, random.nextInt(), perhaps(() -> new ImageId(text())), random.nextBoolean());
        default ->
            new Device.Nic(
                id,
                mac(),
                new NetworkId(text()),
                constant(Device.Nic.Model.values()),
                random.nextBoolean(),
                random.nextBoolean());
      };
    }

    private CloudInit cloudInit() {
      return new CloudInit(
          perhaps(this::text),
          some(this::network),
          some(this::text),
          perhaps(() -> new Secret(text())),
          some(this::text),
          perhaps(() -> new Secret(text())));
    }

    private CloudInit.Network network() {
      return random.nextBoolean()
          ? new CloudInit.Dhcp(random.nextInt())
          : new CloudInit.Static(
              random.nextInt(),
              text(),
              text(),
              some(() -> new CloudInit.Route(text(), text(), text())));
    }

    private VolumeDefinition volumeDefinition() {
      var redundancy =
          random.nextBoolean()
              ? new StoragePolicy.Replicas(random.nextInt(1, 4))
              : new StoragePolicy.ErasureCoded(random.nextInt(1, 9), random.nextInt(1, 4));
      return new VolumeDefinition(
          new VolumeId(text()),
          new StorageId(text()),
          positive(),
          new StoragePolicy(redundancy, random.nextBoolean()));
    }

    private Content content() {
      return new Content(random.nextLong(), random.nextLong(), perhaps(this::guest));
    }

    private GuestImage guest() {
      return new GuestImage(text(), text(), perhaps(this::text), random.nextBoolean());
    }

    private Identity identity() {
      return new Identity(
          perhaps(this::text),
          some(this::text),
          some(() -> new GuestSeen.Nic(mac(), text(), text(), perhaps(this::text))));
    }

    private MacAddress mac() {
      return new MacAddress(String.format(Locale.ROOT, "52:54:00:00:00:%02x", random.nextInt(256)));
    }

    private Ipv4 address() {
      return new Ipv4(random.nextInt());
    }

    private long positive() {
      return random.nextLong(1, Long.MAX_VALUE);
    }

    private String text() {
      return List.of("a", "\"quoted\"", "虚拟机", "line\nbreak", "x'y\\z", "0 %s {}")
          .get(random.nextInt(6));
    }

    private <E> E constant(E[] all) {
      return all[random.nextInt(all.length)];
    }

    private <T> @Nullable T perhaps(Supplier<T> one) {
      return random.nextBoolean() ? one.get() : null;
    }

    private <T> List<T> some(Supplier<T> one) {
      var all = new ArrayList<T>();
      var wanted = random.nextInt(3);
      for (var i = 0; i < wanted; i++) {
        all.add(one.get());
      }
      return all;
    }
  }
}
