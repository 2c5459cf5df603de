/// Rows as our own code reads and writes them. Types for each entity are generated into
/// `io.belfry.store.rows` on top of these; start with [Values] for reading and [Edit] for writing.
@NullMarked
package io.belfry.store.row;

import org.jspecify.annotations.NullMarked;
