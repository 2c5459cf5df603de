package io.belfry.datacenter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.hypervisor.GuestSeen;
import io.belfry.hypervisor.HostId;
import io.belfry.hypervisor.HostState;
import io.belfry.hypervisor.Ipv4;
import io.belfry.hypervisor.MacAddress;
import io.belfry.hypervisor.NetworkId;
import io.belfry.hypervisor.PowerState;
import io.belfry.hypervisor.SnapshotId;
import io.belfry.hypervisor.VmId;
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
import java.util.Arrays;
import java.util.LinkedHashSet;
import org.jspecify.annotations.Nullable;

/// Objects of the simulated world as JSON: every component by its name, those that are null left
/// out, and the version of all that.
final class WorldJson {
  private static final int VERSION = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private WorldJson() {}

  static String write(WorldObject object) {
    var json =
        switch (object) {
          case HostCondition host -> host(host);
          case Lease lease -> lease(lease);
          case Machine machine -> machine(machine);
          case NetworkRange range -> range(range);
          case Snapshot snapshot -> snapshot(snapshot);
          case Volume volume -> volume(volume);
        };
    return json.put("version", VERSION).toString();
  }

  /// @throws IllegalStateException if this Belfry knows no such kind
  static ObjectKey key(String kind, String id) {
    return Arrays.stream(Kind.values())
        .filter(known -> known.name().equals(kind))
        .findFirst()
        .map(known -> new ObjectKey(known, id))
        .orElseThrow(() ->
            new IllegalStateException(
                "%s %s of the simulated world is of a kind that this Belfry doesn't know: run the Belfry that wrote it"
                    .formatted(kind, id)));
  }

  /// @throws IllegalStateException if the object was written by another version of Belfry, or by
  ///   nobody
  static WorldObject read(ObjectKey key, String text) {
    var json = parsed(key, text);
    var version = json.path("version").asInt();
    if (version != VERSION) {
      throw new IllegalStateException(
          "%s %s of the simulated world is of version %s, and this Belfry reads version %s: run the Belfry that wrote it"
              .formatted(key.kind(), key.id(), version, VERSION));
    }
    try {
      return switch (key.kind()) {
        case HOST -> host(json);
        case LEASE -> lease(json);
        case NETWORK -> range(json);
        case SNAPSHOT -> snapshot(json);
        case VM -> machine(json);
        case VOLUME -> volume(json);
      };
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          "%s %s of the simulated world can't be read: %s".formatted(key.kind(), key.id(), text),
          e);
    }
  }

  private static JsonNode parsed(ObjectKey key, String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "%s %s of the simulated world is no JSON: %s".formatted(key.kind(), key.id(), text), e);
    }
  }

  // Hosts and networks

  private static ObjectNode host(HostCondition host) {
    return Json.object().put("id", host.id().value()).put("state", host.state().name());
  }

  private static HostCondition host(JsonNode json) {
    return new HostCondition(new HostId(text(json, "id")), HostState.valueOf(text(json, "state")));
  }

  private static ObjectNode lease(Lease lease) {
    return Json.object()
        .put("network", lease.network().value())
        .put("mac", lease.mac().value())
        .put("address", lease.address().toString());
  }

  private static Lease lease(JsonNode json) {
    return new Lease(
        new NetworkId(text(json, "network")),
        new MacAddress(text(json, "mac")),
        address(json, "address"));
  }

  private static ObjectNode range(NetworkRange range) {
    return Json.object()
        .put("id", range.id().value())
        .put("prefix", range.prefix().toString())
        .put("mask", range.mask().toString())
        .put("gateway", range.gateway().toString());
  }

  private static NetworkRange range(JsonNode json) {
    return new NetworkRange(
        new NetworkId(text(json, "id")),
        address(json, "prefix"),
        address(json, "mask"),
        address(json, "gateway"));
  }

  private static Ipv4 address(JsonNode json, String name) {
    return Ipv4.parse(text(json, name))
        .orElseThrow(() -> new IllegalArgumentException(name + " must be an IPv4 address"));
  }

  // Volumes and snapshots

  private static ObjectNode volume(Volume volume) {
    var json = Json.object();
    json.set("definition", DefinitionJson.volume(volume.definition()));
    json.set("content", content(volume.content()));
    json.putObject("sharing")
        .put("snapshots", volume.sharing().snapshots())
        .put("linked", volume.sharing().linked())
        .put("sinceMillis", volume.sharing().sinceMillis());
    var users = json.putArray("users");
    volume.users().forEach(vm -> users.add(vm.value()));
    return json;
  }

  private static Volume volume(JsonNode json) {
    var sharing = json.required("sharing");
    var users = new LinkedHashSet<VmId>();
    json.required("users").forEach(vm -> users.add(new VmId(vm.textValue())));
    return new Volume(
        DefinitionJson.volume(json.required("definition")),
        content(json.required("content")),
        new Sharing(
            sharing.required("snapshots").intValue(),
            sharing.required("linked").booleanValue(),
            sharing.required("sinceMillis").longValue()),
        users);
  }

  private static ObjectNode snapshot(Snapshot snapshot) {
    var json =
        Json.object()
            .put("id", snapshot.id().value())
            .put("takenAtMillis", snapshot.takenAtMillis());
    json.set("definition", DefinitionJson.volume(snapshot.definition()));
    json.set("content", content(snapshot.content()));
    return json;
  }

  private static Snapshot snapshot(JsonNode json) {
    return new Snapshot(
        new SnapshotId(text(json, "id")),
        DefinitionJson.volume(json.required("definition")),
        content(json.required("content")),
        json.required("takenAtMillis").longValue());
  }

  private static ObjectNode content(Content content) {
    var json =
        Json.object().put("bytes", content.bytes()).put("borrowedBytes", content.borrowedBytes());
    if (content.guest() != null) {
      json.set("guest", guest(content.guest()));
    }
    return json;
  }

  private static Content content(JsonNode json) {
    return new Content(
        json.required("bytes").longValue(),
        json.required("borrowedBytes").longValue(),
        json.has("guest") ? guest(json.required("guest")) : null);
  }

  // VMs

  private static ObjectNode machine(Machine machine) {
    var json =
        Json.object()
            .put("host", machine.host().value())
            .put("power", machine.power().name())
            .put("bootedAtMillis", machine.bootedAtMillis())
            .put("suspendedAtMillis", machine.suspendedAtMillis());
    json.set("definition", DefinitionJson.vm(machine.definition()));
    if (machine.guest() != null) {
      json.set("guest", guest(machine.guest()));
    }
    if (machine.identity() != null) {
      json.set("identity", identity(machine.identity()));
    }
    return json;
  }

  private static Machine machine(JsonNode json) {
    return new Machine(
        DefinitionJson.vm(json.required("definition")),
        new HostId(text(json, "host")),
        PowerState.valueOf(text(json, "power")),
        json.required("bootedAtMillis").longValue(),
        json.required("suspendedAtMillis").longValue(),
        json.has("guest") ? guest(json.required("guest")) : null,
        json.has("identity") ? identity(json.required("identity")) : null);
  }

  private static ObjectNode guest(GuestImage guest) {
    var json =
        Json.object()
            .put("os", guest.os())
            .put("kernel", guest.kernel())
            .put("cloudInit", guest.cloudInit());
    Json.putUnlessNull(json, "toolsVersion", guest.toolsVersion());
    return json;
  }

  private static GuestImage guest(JsonNode json) {
    return new GuestImage(
        text(json, "os"),
        text(json, "kernel"),
        textOrNull(json, "toolsVersion"),
        json.required("cloudInit").booleanValue());
  }

  private static ObjectNode identity(Identity identity) {
    var json = Json.object();
    Json.putUnlessNull(json, "hostname", identity.hostname());
    json.set("dnsServers", Json.texts(identity.dnsServers()));
    var nics = json.putArray("fixedNics");
    for (var nic : identity.fixedNics()) {
      var fixed =
          nics.addObject()
              .put("mac", nic.mac().value())
              .put("address", nic.address())
              .put("subnetMask", nic.subnetMask());
      Json.putUnlessNull(fixed, "gateway", nic.gateway());
    }
    return json;
  }

  private static Identity identity(JsonNode json) {
    return new Identity(
        textOrNull(json, "hostname"),
        Json.texts(json.required("dnsServers")),
        Json.list(json.required("fixedNics"), WorldJson::fixedNic));
  }

  private static GuestSeen.Nic fixedNic(JsonNode json) {
    return new GuestSeen.Nic(
        new MacAddress(text(json, "mac")),
        text(json, "address"),
        text(json, "subnetMask"),
        textOrNull(json, "gateway"));
  }

  private static String text(JsonNode json, String name) {
    return Json.text(json, name);
  }

  private static @Nullable String textOrNull(JsonNode json, String name) {
    return json.path(name).textValue();
  }
}
