/// A hypervisor in memory: hosts, VMs with guests and volumes that behave as real ones do, as fast
/// as wanted, 100,000 in one process.
///
/// Start with [SimulatedHypervisor]. What exists is an immutable record per object in a concurrent
/// map ([Machine], [Volume], [Snapshot]); an effect replaces one record, and waits happen before
/// it, holding nothing. What a guest shows ([Guests]) and how busy it is ([Activity]) are functions
/// of the seed, the object and the time, so that a VM needs no thread and no history. It keeps
/// nothing on disk: whoever keeps records loads them with [SimulatedHypervisor#restore].
@NullMarked
package io.belfry.hypervisor.simulator;

import org.jspecify.annotations.NullMarked;
