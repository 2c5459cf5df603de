/// The guide's tour in a terminal. [DemoMain] is the class to read first.
@NullMarked
package io.belfry.examples.demo;

import org.jspecify.annotations.NullMarked;
