/// Placement groups, which tell hosts to run VMs on or to avoid. The management alone knows them;
/// the scheduler heeds them when VMs start or move. Start with [CreateVmPlacementGroup].
@NullMarked
package io.belfry.operations.placement;

import org.jspecify.annotations.NullMarked;
