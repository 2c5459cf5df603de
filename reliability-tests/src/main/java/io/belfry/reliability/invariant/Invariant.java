package io.belfry.reliability.invariant;

import java.util.List;

/// Something that must hold. Stateless.
public interface Invariant {

  /// What must hold, as a sentence.
  String name();

  /// Everything that contradicts it, each with what was read; empty if it holds.
  List<String> violations(Evidence evidence);
}
