package io.belfry.sdk;

/// Anything that has a form in JSON: models, inputs, enum values, filters and [Json] itself.
public interface JsonForm {
  Json json();
}
