/// The simulated data centre's content. [SimulatedDatacenter#load] makes it from a seed, as rows of
/// the store; [SimulatedDatacenter#restore] tells a simulator at every start what the rows say;
/// [UsageObserver] keeps what looks alive fresh. Start with [SimulatedDatacenter].
@NullMarked
package io.belfry.datacenter;

import org.jspecify.annotations.NullMarked;
