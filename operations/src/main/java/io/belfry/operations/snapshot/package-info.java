/// Operations on snapshots of VMs. Start with [CreateVmSnapshot].
@NullMarked
package io.belfry.operations.snapshot;

import org.jspecify.annotations.NullMarked;
