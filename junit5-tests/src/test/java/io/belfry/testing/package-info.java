/// The test kit, as a project with JUnit 5 and parallel tests uses it.
@NullMarked
package io.belfry.testing;

import org.jspecify.annotations.NullMarked;
