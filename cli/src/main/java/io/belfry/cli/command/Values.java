package io.belfry.cli.command;

import java.util.Collection;

/// What can stand in a place of a command.
public sealed interface Values {
  /// Any of these, or anything at all if there are none.
  record Words(Collection<String> words) implements Values {}

  /// A name of an object that the server has.
  ///
  /// @param entity the kind of object
  record Names(String entity) implements Values {}
}
