package io.belfry.hypervisor;

/// A text that must not get into a log or a message.
public record Secret(String value) {
  @Override
  public String toString() {
    return "***";
  }
}
