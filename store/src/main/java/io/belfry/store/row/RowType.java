package io.belfry.store.row;

import java.util.function.Function;

/// How the row of an entity becomes a value of a generated type.
///
/// @param entity the entity's name
/// @param reader makes the typed row
public record RowType<R>(String entity, Function<Values, R> reader) {}
