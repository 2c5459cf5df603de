/// The database that a server works on: embedded or somebody's own, reached through a pool, with
/// all tables as this build needs them. Start with [Database].
@NullMarked
package io.belfry.store.database;

import org.jspecify.annotations.NullMarked;
