/// An automation and its tests, as a program that uses Belfry's test kit has them. Begin with
/// [NightlyImageTest].
@NullMarked
package io.belfry.testing.example;

import org.jspecify.annotations.NullMarked;
