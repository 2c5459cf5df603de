package io.belfry.sdk;

/// A field that holds an object of its own kind, such as a VM's CPU layout: a list can be ordered
/// by it, but not filtered.
///
/// @param <T> the entity that has the field
public record ObjectField<T>(String name) implements SortableField<T> {}
