package io.belfry.postgres;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What an ephemeral PostgreSQL has in it from the start.
///
/// @param name the same name means the same content; fit for a file's name; absent if it is not to
///   be kept
/// @param content fills a PostgreSQL that has nothing in it, or what this is [#more] of, and closes
///   its connections
/// @param more what else may be in it, which whoever starts it can do without; its name is given;
///   absent if there is no more
public record Filling(
    @Nullable String name, Consumer<EmbeddedPostgres> content, @Nullable Filling more) {}
