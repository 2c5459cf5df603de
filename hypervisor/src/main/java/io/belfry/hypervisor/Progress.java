package io.belfry.hypervisor;

/// Is told how far a long call is. Called on the calling thread; must return soon.
@FunctionalInterface
public interface Progress {
  /// For those who do not want to know.
  Progress IGNORED = _ -> {};

  /// @param fraction from 0 to 1, never less than before
  void at(double fraction);
}
