/// The simulated data centre's content. [SimulatedDatacenter#load] makes it from a seed, as rows of
/// the store; [StoredWorld] keeps what simulators make of it; [UsageObserver] keeps what looks
/// alive fresh. Start with [SimulatedDatacenter].
@NullMarked
package io.belfry.datacenter;

import org.jspecify.annotations.NullMarked;
