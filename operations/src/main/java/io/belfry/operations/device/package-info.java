/// Disks, CD drives, NICs and volumes of VMs: from requests to rows, and from rows to what the
/// hypervisor understands. Start with [NewDisks] and [Definitions].
@NullMarked
package io.belfry.operations.device;

import org.jspecify.annotations.NullMarked;
