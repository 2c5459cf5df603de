/// A PostgreSQL that Belfry starts, owns and stops, in a directory of its own. Start with
/// [EmbeddedPostgres].
@NullMarked
package io.belfry.postgres;

import org.jspecify.annotations.NullMarked;
