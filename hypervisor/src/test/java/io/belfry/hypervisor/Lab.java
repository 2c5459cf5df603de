package io.belfry.hypervisor;

/// A driver with something to work on, for [HypervisorDriverContract].
///
/// @param driver knows two connected hosts with 1 GiB for VMs each
/// @param network gives addresses to VMs on both hosts
/// @param talking a volume with a guest that has tools and cloud-init; not attached
/// @param silent a volume with a guest that has no tools and does not react to anything; not
///   attached
/// @param tick lets some time pass for guests to boot
public record Lab(
    HypervisorDriver driver,
    HostId here,
    HostId there,
    StorageId storage,
    NetworkId network,
    VolumeId talking,
    VolumeId silent,
    Runnable tick) {}
