package io.belfry.hypervisor;

/// A CD image.
public record ImageId(String value) implements Id {
  public ImageId {
    Require.text("ImageId", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
