/// A short run of the crash harness.
@NullMarked
package io.belfry.reliability.crash;

import org.jspecify.annotations.NullMarked;
