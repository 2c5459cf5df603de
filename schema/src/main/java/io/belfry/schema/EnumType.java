package io.belfry.schema;

import java.util.List;
import java.util.Optional;

/// A set of named values.
public record EnumType(String name, List<Constant> constants, String doc) {
  public EnumType {
    constants = List.copyOf(constants);
  }

  /// One value.
  ///
  /// @param name a Java identifier
  /// @param wireName as in JSON; differs from `name` only where Java doesn't allow it
  /// @param doc sentences for people, empty if the name says it all
  public record Constant(String name, String wireName, String doc) {}

  public Optional<Constant> byWireName(String wireName) {
    return constants.stream().filter(constant -> constant.wireName().equals(wireName)).findFirst();
  }

  public List<String> wireNames() {
    return constants.stream().map(Constant::wireName).toList();
  }
}
