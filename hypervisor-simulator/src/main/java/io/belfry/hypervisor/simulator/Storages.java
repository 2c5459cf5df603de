package io.belfry.hypervisor.simulator;

import io.belfry.hypervisor.Fault;
import io.belfry.hypervisor.StorageId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The storages, and what each has left. Snapshots take no space here.
final class Storages {
  private final Map<StorageId, Storage> storages = new HashMap<>();

  /// A storage, and the sum over the volumes on it.
  private static final class Storage {
    private long capacityBytes;
    private long usedBytes;
  }

  /// Adds a storage, or changes its capacity.
  void put(Inventory.Storage recorded) {
    storages.computeIfAbsent(recorded.id(), _ -> new Storage()).capacityBytes =
        recorded.capacityBytes();
  }

  /// Keeps the sums up to date when a volume is replaced by another version.
  void replace(@Nullable Volume before, @Nullable Volume after) {
    var target = after == null ? null : storage(after.definition().storage());
    if (before != null) {
      storage(before.definition().storage()).usedBytes -= before.storedBytes();
    }
    if (after != null && target != null) {
      target.usedBytes += after.storedBytes();
    }
  }

  /// Refuses to put more on a storage than it has left.
  void requireRoom(StorageId id, long bytes) {
    var storage = storage(id);
    var free = Math.max(0, storage.capacityBytes - storage.usedBytes);
    if (bytes > free) {
      throw new Fault.NotEnoughSpace(id, bytes, free).asException();
    }
  }

  private Storage storage(StorageId id) {
    var storage = storages.get(id);
    if (storage == null) {
      throw new Fault.NotFound(id).asException();
    }
    return storage;
  }
}
