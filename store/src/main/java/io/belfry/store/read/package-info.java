/// Answers to queries, written as JSON while they are read: the memory that a request needs doesn't
/// depend on the length of its answer. Start with [EntityReader].
@NullMarked
package io.belfry.store.read;

import org.jspecify.annotations.NullMarked;
