package io.belfry.reliability.crash;

import io.belfry.sdk.Json;

/// Devices as the server lists them.
record ListedDevices(Tenant.Books books) implements DeviceChanges.Devices {
  @Override
  public String disk(OwnVm vm, String volume) throws InterruptedException {
    var where =
        Json.object("vm", Json.object("id", vm.id()), "vm_volume", Json.object("name", volume));
    return only("get-vm-disks", where);
  }

  @Override
  public String cdRom(OwnVm vm) throws InterruptedException {
    var where = Json.object("vm", Json.object("id", vm.id()), "type", "CD_ROM");
    return first("get-vm-disks", where);
  }

  @Override
  public String volume(String volume) throws InterruptedException {
    return only("get-vm-volumes", Json.object("name", volume));
  }

  @Override
  public String snapshot(String snapshot) throws InterruptedException {
    return only("get-vm-snapshots", Json.object("name", snapshot));
  }

  private String only(String path, Json where) throws InterruptedException {
    var found = books.link().list(path, where);
    if (found.size() != 1) {
      throw new IllegalStateException(
          "%s where %s finds %s, expected one%s"
              .formatted(path, where, found, books.ledger().about(where.toString())));
    }
    return found.getFirst().get("id").asText();
  }

  private String first(String path, Json where) throws InterruptedException {
    var found = books.link().list(path, where);
    if (found.isEmpty()) {
      throw new IllegalStateException("%s where %s finds nothing".formatted(path, where));
    }
    return found.getFirst().get("id").asText();
  }
}
