/// What operators see: logs, metrics, and whether the server is alive and ready. Start with
/// [Health], then [Metrics] and [Logging].
@NullMarked
package io.belfry.server.observe;

import org.jspecify.annotations.NullMarked;
