package io.belfry.schema;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Which numbers of the API have a unit.
class UnitsTest {
  /// Names that make a reader ask "of what?".
  private static final Pattern ASKS_FOR_A_UNIT =
      Pattern.compile(
          "(.*_)?(size|memory|capacity|space|bandwidth|usage|percent|percentage|speed|bps|iops"
              + "|progress|retain|mtu|burst|duration|bytes|hz|ms|days|celsius)(_.+)?"
              + "|.*(Size|Usage|_in_bit|_in_bitps)");

  /// Why these have none.
  private static final Map<String, String> WITHOUT =
      Map.of(
          "EcpLicense.max_physical_data_capacity", "a licence counts as it is worded",
          "Host.cpu_fan_speed", "cpu_fan_speed_unit says it",
          "NestedDiscoveredHostIface.speed", "a machine tells it in its own way");

  private final Schema schema = Schema.bundled();

  @Test
  void hasAUnitWhereTheNameAsksForOne() {
    assertThat(numbers().filter(number -> ASKS_FOR_A_UNIT.matcher(number.field().name()).matches()))
        .filteredOn(number -> number.field().marks().unit().isEmpty())
        .extracting(Numeric::path)
        .containsExactlyInAnyOrderElementsOf(WITHOUT.keySet());
  }

  @Test
  void givesOneNameOneUnit() {
    var units =
        numbers()
            .filter(number -> number.field().marks().unit().isPresent())
            .collect(
                groupingBy(
                    number -> number.field().name(),
                    mapping(number -> number.field().marks().unit().orElseThrow(), toSet())));
    assertThat(units).allSatisfy((name, chosen) -> assertThat(chosen).as(name).hasSize(1));
  }

  private Stream<Numeric> numbers() {
    return Stream.of(
            schema.entities().values().stream().flatMap(each -> of(each.name(), each.fields())),
            schema.objects().values().stream().flatMap(each -> of(each.name(), each.fields())),
            schema.inputs().values().stream().flatMap(each -> of(each.name(), each.fields())))
        .flatMap(numbers -> numbers)
        .distinct();
  }

  private static Stream<Numeric> of(String owner, Map<String, Field> fields) {
    return fields.values().stream()
        .filter(field -> field.use().isNumeric())
        .map(field -> new Numeric(owner + "." + field.name(), field));
  }

  private record Numeric(String path, Field field) {}
}
