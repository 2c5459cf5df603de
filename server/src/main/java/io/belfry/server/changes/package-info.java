/// The revision log over HTTP: `GET /v2/api/resource-changes`, which clients ask again and again,
/// and `GET /v2/events`, which tells them by itself. Start with [ChangeEvents].
@NullMarked
package io.belfry.server.changes;

import org.jspecify.annotations.NullMarked;
