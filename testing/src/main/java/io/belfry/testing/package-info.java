/// A Belfry server with a simulated data centre in JUnit tests: begin with [BelfryServer]. Needs
/// JUnit 6 and Java 25, as the server runs in the same process.
@NullMarked
package io.belfry.testing;

import org.jspecify.annotations.NullMarked;
