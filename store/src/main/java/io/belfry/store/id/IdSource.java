package io.belfry.store.id;

/// Makes ids for new objects. Thread-safe.
public interface IdSource {

  /// An id as the API gives to every object: 25 letters and digits, the first a `c`, later ones
  /// sorting after earlier ones.
  String cuid();

  /// An id as clusters give to their objects (`local_id`): a UUID in lower case.
  String uuid();
}
