/// What must hold of a server whatever befell it. Start with [Invariant]; [Invariants] has them
/// all.
@NullMarked
package io.belfry.reliability.invariant;

import org.jspecify.annotations.NullMarked;
