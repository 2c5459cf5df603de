package io.belfry.hypervisor.simulator;

import io.belfry.hypervisor.Fault;
import io.belfry.hypervisor.StorageId;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// The storages, and what each has left. Snapshots take no space here.
final class Storages {
  private final ConcurrentHashMap<StorageId, Storage> storages = new ConcurrentHashMap<>();

  /// @param usedBytes shared by the versions of the same storage
  private record Storage(long capacityBytes, AtomicLong usedBytes) {}

  /// Adds a storage, or changes its capacity.
  void put(Inventory.Storage recorded) {
    storages.compute(
        recorded.id(),
        (_, old) ->
            new Storage(recorded.capacityBytes(), old == null ? new AtomicLong() : old.usedBytes));
  }

  /// Takes space, if there is enough left; gives it back, if negative.
  void reserve(StorageId id, long bytes) {
    var storage = storage(id);
    var used = storage.usedBytes.addAndGet(bytes);
    if (bytes > 0 && used > storage.capacityBytes) {
      storage.usedBytes.addAndGet(-bytes);
      var free = Math.max(0, storage.capacityBytes - used + bytes);
      throw new Fault.NotEnoughSpace(id, bytes, free).asException();
    }
  }

  /// Takes space without asking, for what is there already.
  void take(StorageId id, long bytes) {
    storage(id).usedBytes.addAndGet(bytes);
  }

  private Storage storage(StorageId id) {
    var storage = storages.get(id);
    if (storage == null) {
      throw new Fault.NotFound(id).asException();
    }
    return storage;
  }
}
