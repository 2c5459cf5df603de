/// A hypervisor in memory: hosts, VMs with guests and volumes that behave as real ones do, as fast
/// as wanted, 100,000 in one process; and the same in any number of processes.
///
/// Start with [SimulatedHypervisor]. What exists is an immutable record per object ([WorldObject]:
/// [Machine], [Volume], [Snapshot] and more), all of them together a [World]; an effect replaces
/// records, and waits happen before it, holding nothing. Calls look at the world and change it in
/// [Turns], and what they change is kept in a [WorldLog], so that several simulators play the same
/// world and it outlives them. What a guest shows ([Guests]) and how busy it is ([Activity]) are
/// functions of the seed, the object and the time, so that a VM needs no thread and no history.
@NullMarked
package io.belfry.hypervisor.simulator;

import org.jspecify.annotations.NullMarked;
