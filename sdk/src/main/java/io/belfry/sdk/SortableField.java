package io.belfry.sdk;

/// A field of an entity that a list can be ordered by.
///
/// @param <T> the entity
public sealed interface SortableField<T>
    permits TextField, NumberField, DateField, BooleanField, EnumField, ObjectField {
  /// The field's name in JSON.
  String name();

  /// Smallest first; objects without a value come last.
  default Order<T> ascending() {
    return new Order<>(name() + "_ASC");
  }

  /// Largest first; objects without a value come first.
  default Order<T> descending() {
    return new Order<>(name() + "_DESC");
  }
}
