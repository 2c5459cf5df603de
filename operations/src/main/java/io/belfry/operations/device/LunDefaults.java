package io.belfry.operations.device;

import io.belfry.store.rows.IscsiLunEdit;

/// What a LUN is unless somebody asks for more: without limits, open to all, nothing stored yet.
public final class LunDefaults {
  private LunDefaults() {}

  public static IscsiLunEdit unlimited(IscsiLunEdit lun) {
    return lun.allowedInitiators("*/*")
        .bps(0L)
        .bpsMax(0L)
        .bpsMaxLength(0L)
        .bpsRd(0L)
        .bpsRdMax(0L)
        .bpsRdMaxLength(0L)
        .bpsWr(0L)
        .bpsWrMax(0L)
        .bpsWrMaxLength(0L)
        .ioSize(0L)
        .iops(0L)
        .iopsMax(0L)
        .iopsMaxLength(0L)
        .iopsRd(0L)
        .iopsRdMax(0L)
        .iopsRdMaxLength(0L)
        .iopsWr(0L)
        .iopsWrMax(0L)
        .iopsWrMaxLength(0L)
        .sharedSize(0L)
        .uniqueSize(0L);
  }
}
