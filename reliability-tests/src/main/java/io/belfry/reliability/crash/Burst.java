package io.belfry.reliability.crash;

/// What all tenants do at once with all VMs that they can, so that many equal tasks begin and end
/// together.
///
/// @param number each burst has a higher one than the one before; 0 stands for none
record Burst(int number, Kind kind) {
  static final Burst NONE = new Burst(0, Kind.EDIT);

  enum Kind {
    /// Descriptions change, which takes a task no time.
    EDIT("update-vm-basic-info"),
    ADD_NICS("add-vm-nic"),
    REMOVE_NICS("remove-vm-nic"),
    ADD_DISKS("add-vm-disk"),
    SNAPSHOT("create-vm-snapshot"),
    POWER_OFF("poweroff-vm"),
    START("start-vm"),
    SUSPEND("suspend-vm");

    private final String path;

    Kind(String path) {
      this.path = path;
    }

    /// The operation that the tasks are for.
    String path() {
      return path;
    }
  }
}
