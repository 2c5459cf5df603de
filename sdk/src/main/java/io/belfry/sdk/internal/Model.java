package io.belfry.sdk.internal;

import io.belfry.sdk.Json;
import io.belfry.sdk.JsonForm;
import org.jspecify.annotations.Nullable;

/// What all models have: their form in JSON, and equality by value. Immutable.
public abstract class Model implements JsonForm {
  /// What the model holds, for its accessors.
  protected final Values values;

  protected Model(Values values) {
    this.values = values;
  }

  @Override
  public final Json json() {
    return values.json();
  }

  /// A field that the SDK doesn't know; null in JSON where there is none.
  public final Json additional(String field) {
    return values.additional(field);
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof Model that
        && getClass() == that.getClass()
        && values.equals(that.values);
  }

  @Override
  public final int hashCode() {
    return values.hashCode();
  }

  @Override
  public final String toString() {
    return values.toString();
  }
}
