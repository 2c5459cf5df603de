/// The sources of `io.belfry.store.rows`: for each entity a typed row and an edit, for each enum a
/// Java enum. The server's own code reads and writes through them. Start with [RowSources].
@NullMarked
package io.belfry.codegen.rows;

import org.jspecify.annotations.NullMarked;
