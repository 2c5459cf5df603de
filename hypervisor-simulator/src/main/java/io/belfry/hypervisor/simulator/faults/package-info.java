/// Makes the simulator's calls go wrong by rules that can change while it works. A [FaultRule] says
/// which calls, how often and what happens then. Start with [FaultRules].
@NullMarked
package io.belfry.hypervisor.simulator.faults;

import org.jspecify.annotations.NullMarked;
