/// Fault rules of the simulator as JSON and in the database, where all servers find them. Start
/// with [SharedFaults].
@NullMarked
package io.belfry.datacenter.faults;

import org.jspecify.annotations.NullMarked;
