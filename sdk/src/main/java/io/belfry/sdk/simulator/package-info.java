/// What only Belfry's simulator offers, and no real cluster: to make calls go wrong, and hosts go
/// down. Start with [Simulator].
@NullMarked
package io.belfry.sdk.simulator;

import org.jspecify.annotations.NullMarked;
