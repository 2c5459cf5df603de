/// The OpenAPI 3.1 document of the whole API, for people who read it and tools that make clients
/// from it. Start with [OpenApi].
@NullMarked
package io.belfry.codegen.openapi;

import org.jspecify.annotations.NullMarked;
