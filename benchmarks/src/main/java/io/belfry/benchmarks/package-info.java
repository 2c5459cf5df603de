/// Measurements of whole programs, as ratios to a floor or peer of the same run. Start with
/// [Benchmarks].
@NullMarked
package io.belfry.benchmarks;

import org.jspecify.annotations.NullMarked;
