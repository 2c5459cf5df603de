package io.belfry.store.embedded;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What an ephemeral PostgreSQL has in it from the start.
///
/// @param name the same name means the same content; fit for a file's name; absent if it is not to
///   be kept
/// @param content fills a PostgreSQL that has nothing in it, and closes its connections
public record Filling(@Nullable String name, Consumer<EmbeddedPostgres> content) {}
