package io.belfry.sdk;

/// A value of an open enum: one of the values that this version of the SDK knows, or one that only
/// the server knows. Two are equal if their texts are; a known value is always the same object.
public interface EnumValue extends JsonForm {
  /// The value as it stands in JSON.
  String value();

  @Override
  default Json json() {
    return Json.of(value());
  }
}
