package io.belfry.hypervisor;

/// What a VM boots with.
public enum Firmware {
  BIOS,
  UEFI
}
