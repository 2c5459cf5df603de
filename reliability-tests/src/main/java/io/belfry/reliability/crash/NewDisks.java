package io.belfry.reliability.crash;

import io.belfry.sdk.Json;
import java.util.ArrayList;
import java.util.List;

/// Disks that are created with the VM or for it.
final class NewDisks {
  /// How big each is.
  static final long SIZE_BYTES = 1L << 30;

  private NewDisks() {}

  /// One for each name of a volume.
  static List<Json> of(List<String> volumes) {
    var disks = new ArrayList<Json>();
    for (var volume : volumes) {
      disks.add(
          Json.object(
              "boot", disks.size(),
              "bus", "VIRTIO",
              "vm_volume",
                  Json.object(
                      "name",
                      volume,
                      "size",
                      SIZE_BYTES,
                      "elf_storage_policy",
                      "REPLICA_2_THIN_PROVISION")));
    }
    return disks;
  }
}
