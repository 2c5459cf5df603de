/// A generated client, to be measured beside Belfry's SDK.
@NullMarked
package io.belfry.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
