package io.belfry.datacenter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.hypervisor.CloudInit;
import io.belfry.hypervisor.Cpu;
import io.belfry.hypervisor.Device;
import io.belfry.hypervisor.DeviceId;
import io.belfry.hypervisor.Firmware;
import io.belfry.hypervisor.ImageId;
import io.belfry.hypervisor.MacAddress;
import io.belfry.hypervisor.NetworkId;
import io.belfry.hypervisor.Secret;
import io.belfry.hypervisor.StorageId;
import io.belfry.hypervisor.StoragePolicy;
import io.belfry.hypervisor.StoragePolicy.ErasureCoded;
import io.belfry.hypervisor.StoragePolicy.Redundancy;
import io.belfry.hypervisor.StoragePolicy.Replicas;
import io.belfry.hypervisor.VmDefinition;
import io.belfry.hypervisor.VmId;
import io.belfry.hypervisor.VolumeDefinition;
import io.belfry.hypervisor.VolumeId;
import org.jspecify.annotations.Nullable;

/// Definitions of VMs and volumes inside [WorldJson].
final class DefinitionJson {
  private DefinitionJson() {}

  // Volumes

  static ObjectNode volume(VolumeDefinition volume) {
    var json =
        Json.object()
            .put("id", volume.id().value())
            .put("storage", volume.storage().value())
            .put("sizeBytes", volume.sizeBytes())
            .put("thin", volume.policy().thin());
    switch (volume.policy().redundancy()) {
      case Replicas(var count) -> json.put("replicas", count);
      case ErasureCoded(var dataBlocks, var parityBlocks) ->
          json.put("dataBlocks", dataBlocks).put("parityBlocks", parityBlocks);
    }
    return json;
  }

  static VolumeDefinition volume(JsonNode json) {
    return new VolumeDefinition(
        new VolumeId(Json.text(json, "id")),
        new StorageId(Json.text(json, "storage")),
        json.required("sizeBytes").longValue(),
        new StoragePolicy(redundancy(json), json.required("thin").booleanValue()));
  }

  private static Redundancy redundancy(JsonNode json) {
    return json.has("replicas")
        ? new Replicas(json.required("replicas").intValue())
        : new ErasureCoded(
            json.required("dataBlocks").intValue(), json.required("parityBlocks").intValue());
  }

  // VMs

  static ObjectNode vm(VmDefinition vm) {
    var json =
        Json.object()
            .put("id", vm.id().value())
            .put("name", vm.name())
            .put("sockets", vm.cpu().sockets())
            .put("coresPerSocket", vm.cpu().coresPerSocket())
            .put("memoryBytes", vm.memoryBytes())
            .put("firmware", vm.firmware().name());
    json.set("devices", Json.list(vm.devices().stream().map(DefinitionJson::device).toList()));
    if (vm.cloudInit() != null) {
      json.set("cloudInit", cloudInit(vm.cloudInit()));
    }
    return json;
  }

  static VmDefinition vm(JsonNode json) {
    return new VmDefinition(
        new VmId(Json.text(json, "id")),
        Json.text(json, "name"),
        new Cpu(json.required("sockets").intValue(), json.required("coresPerSocket").intValue()),
        json.required("memoryBytes").longValue(),
        Firmware.valueOf(Json.text(json, "firmware")),
        Json.list(json.required("devices"), DefinitionJson::device),
        json.has("cloudInit") ? cloudInit(json.required("cloudInit")) : null);
  }

  private static ObjectNode device(Device device) {
    var json = Json.object().put("id", device.id().value());
    return switch (device) {
      case Device.Disk disk ->
          json.put("type", "disk")
              .put("volume", disk.volume().value())
              .put("bus", disk.bus().name())
              .put("bootOrder", disk.bootOrder());
      case Device.CdRom drive -> {
        Json.putUnlessNull(json, "image", drive.image() == null ? null : drive.image().value());
        yield json.put("type", "cdRom")
            .put("bootOrder", drive.bootOrder())
            .put("enabled", drive.enabled());
      }
      case Device.Nic nic ->
          json.put("type", "nic")
              .put("mac", nic.mac().value())
              .put("network", nic.network().value())
              .put("model", nic.model().name())
              .put("enabled", nic.enabled())
              .put("mirrored", nic.mirrored());
    };
  }

  private static Device device(JsonNode json) {
    var id = new DeviceId(Json.text(json, "id"));
    return switch (Json.text(json, "type")) {
      case "disk" ->
          new Device.Disk(
              id,
              new VolumeId(Json.text(json, "volume")),
              Device.Bus.valueOf(Json.text(json, "bus")),
              json.required("bootOrder").intValue());
      case "cdRom" ->
          new Device.CdRom(
              id,
              json.required("bootOrder").intValue(),
              json.has("image") ? new ImageId(Json.text(json, "image")) : null,
              json.required("enabled").booleanValue());
      case "nic" ->
          new Device.Nic(
              id,
              new MacAddress(Json.text(json, "mac")),
              new NetworkId(Json.text(json, "network")),
              Device.Nic.Model.valueOf(Json.text(json, "model")),
              json.required("enabled").booleanValue(),
              json.required("mirrored").booleanValue());
      default -> throw new IllegalArgumentException("no device: " + json);
    };
  }

  private static ObjectNode cloudInit(CloudInit cloudInit) {
    var json = Json.object();
    Json.putUnlessNull(json, "hostname", cloudInit.hostname());
    Json.putUnlessNull(json, "defaultUserPassword", value(cloudInit.defaultUserPassword()));
    Json.putUnlessNull(json, "userData", value(cloudInit.userData()));
    json.set("nameservers", Json.texts(cloudInit.nameservers()));
    json.set("publicKeys", Json.texts(cloudInit.publicKeys()));
    json.set(
        "networks", Json.list(cloudInit.networks().stream().map(DefinitionJson::network).toList()));
    return json;
  }

  private static @Nullable String value(@Nullable Secret secret) {
    return secret == null ? null : secret.value();
  }

  private static CloudInit cloudInit(JsonNode json) {
    return new CloudInit(
        json.path("hostname").textValue(),
        Json.list(json.required("networks"), DefinitionJson::network),
        Json.texts(json.required("nameservers")),
        secret(json, "defaultUserPassword"),
        Json.texts(json.required("publicKeys")),
        secret(json, "userData"));
  }

  private static @Nullable Secret secret(JsonNode json, String name) {
    return json.has(name) ? new Secret(Json.text(json, name)) : null;
  }

  private static ObjectNode network(CloudInit.Network network) {
    var json = Json.object().put("nicIndex", network.nicIndex());
    if (network instanceof CloudInit.Static(_, var address, var netmask, var routes)) {
      json.put("address", address).put("netmask", netmask);
      json.set("routes", Json.list(routes.stream().map(DefinitionJson::route).toList()));
    }
    return json;
  }

  private static CloudInit.Network network(JsonNode json) {
    var nicIndex = json.required("nicIndex").intValue();
    return json.has("address")
        ? new CloudInit.Static(
            nicIndex,
            Json.text(json, "address"),
            Json.text(json, "netmask"),
            Json.list(json.required("routes"), DefinitionJson::route))
        : new CloudInit.Dhcp(nicIndex);
  }

  private static ObjectNode route(CloudInit.Route route) {
    return Json.object()
        .put("network", route.network())
        .put("netmask", route.netmask())
        .put("gateway", route.gateway());
  }

  private static CloudInit.Route route(JsonNode json) {
    return new CloudInit.Route(
        Json.text(json, "network"), Json.text(json, "netmask"), Json.text(json, "gateway"));
  }
}
