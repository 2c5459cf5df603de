/// A server of its own process with all that can befall it: killed, stopped, paused, without its
/// database. Start with [ServerUnderTest].
@NullMarked
package io.belfry.reliability.server;

import org.jspecify.annotations.NullMarked;
