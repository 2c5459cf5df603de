/// From a checked request to one SQL statement with parameters. Names come from the schema only,
/// values are always parameters. Start with [QueryCompiler].
@NullMarked
package io.belfry.query.sql;

import org.jspecify.annotations.NullMarked;
