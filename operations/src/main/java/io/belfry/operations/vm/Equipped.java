package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.operations.Decision;
import io.belfry.operations.device.NewDisks;
import io.belfry.operations.device.NewNics;

/// A VM, new or not, that a decision gives disks and NICs.
interface Equipped {
  Decision decision();

  String clusterId();

  String name();

  /// The name of a new volume that stands for a disk of a template, a snapshot or another VM.
  String volumeName(JsonNode disk);

  /// Writes its new disks.
  NewDisks disks();

  /// Writes its new NICs.
  NewNics nics();

  /// Says what the new volumes of [#disks] are filled with.
  VolumeFilling filling();
}
