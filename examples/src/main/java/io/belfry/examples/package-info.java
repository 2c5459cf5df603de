/// The guide's examples in Java, a package for each of its sections. [Program] is what they all
/// start with; read [io.belfry.examples.request.UpdateResources] first.
@NullMarked
package io.belfry.examples;

import org.jspecify.annotations.NullMarked;
