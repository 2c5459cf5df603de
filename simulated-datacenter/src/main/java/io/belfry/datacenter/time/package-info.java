/// The clock of the simulated data centre, which can be put forward. Begin with [SharedClock].
@NullMarked
package io.belfry.datacenter.time;

import org.jspecify.annotations.NullMarked;
