/// What only a simulator offers, below `/v2/simulator/`: fault rules, and hosts that go down. For
/// administrators. Start with [SimulatorRoutes].
@NullMarked
package io.belfry.server.simulator;

import org.jspecify.annotations.NullMarked;
