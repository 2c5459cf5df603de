package io.belfry.schema;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a number counts. Answers are always in the unit that the schema names; a request may say
/// another one in a field beside it: `memory_unit` for `memory`.
public enum Unit {
  BYTE("In bytes", "ByteUnit"),
  BYTE_PER_SECOND("In bytes per second", "BPSUnit"),
  BIT("In bits", "BitUnit"),
  BIT_PER_SECOND("In bits per second", "BitPSUnit"),
  HERTZ("In hertz", null),
  OPERATION_PER_SECOND("In operations per second", null),
  PERCENT("In percent", null),
  FRACTION("A fraction of 1", null),
  MILLISECOND("In milliseconds", null),
  SECOND("In seconds", null),
  DAY("In days", null),
  DEGREE_CELSIUS("In degrees Celsius", null);

  private final String phrase;
  private final @Nullable String choices;

  Unit(String phrase, @Nullable String choices) {
    this.phrase = phrase;
    this.choices = choices;
  }

  /// How a sentence about the number begins: `In bytes`.
  public String phrase() {
    return phrase;
  }

  /// The enum from which requests choose a multiple of this unit, if they can.
  public Optional<String> choices() {
    return Optional.ofNullable(choices);
  }

  /// The unit that an enum offers multiples of.
  static Optional<Unit> chosenFrom(String enumName) {
    return Arrays.stream(values())
        .filter(unit -> unit.choices().filter(enumName::equals).isPresent())
        .findFirst();
  }
}
