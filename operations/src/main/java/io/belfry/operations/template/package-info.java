/// Templates of a cluster: what VMs are made from. Their volumes and the snapshots of these are the
/// hypervisor's alone; no other row shows them.
@NullMarked
package io.belfry.operations.template;

import org.jspecify.annotations.NullMarked;
