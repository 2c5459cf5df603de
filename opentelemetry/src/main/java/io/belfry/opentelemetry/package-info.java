/// Traces of the calls that the SDK makes: begin with [Tracing].
@NullMarked
package io.belfry.opentelemetry;

import org.jspecify.annotations.NullMarked;
