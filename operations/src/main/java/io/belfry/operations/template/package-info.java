/// Templates, which VMs are made from: those of a cluster, and those of the content library, of
/// which clusters have copies. Their volumes and the snapshots of these are the hypervisor's alone;
/// no other row shows them. Start with [CloneVmTemplateFromVm].
@NullMarked
package io.belfry.operations.template;

import org.jspecify.annotations.NullMarked;
