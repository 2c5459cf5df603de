/// The query language: from the JSON of a request to a checked [Condition] and [ListRequest]. Pure,
/// and knows no SQL; [io.belfry.query.sql] makes statements of what is built here. Start with
/// [Condition].
@NullMarked
package io.belfry.query;

import org.jspecify.annotations.NullMarked;
