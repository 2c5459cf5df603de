package io.belfry.sdk.internal;

import java.util.List;

/// What an input looks like in JSON. It is only ever written, so names are enough.
public final class InputShape {
  private final Fields fields;

  /// @param owner the input's name, for messages
  /// @param names the fields in order, with `!` behind those that must be there
  public InputShape(String owner, String... names) {
    fields = new Fields(owner, List.of(names));
  }

  Fields fields() {
    return fields;
  }
}
