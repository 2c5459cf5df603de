/// The HTTP edge: bytes to [Request], [Answer] to bytes, problems to error bodies, within limits.
/// The only package that knows the web server underneath. Start with [HttpServer], then [Edge].
@NullMarked
package io.belfry.server.http;

import org.jspecify.annotations.NullMarked;
