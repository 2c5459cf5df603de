package io.belfry.operations.iscsi;

import io.belfry.operations.input.Params;
import io.belfry.store.row.Edit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// How many operations and bytes a second a LUN or a target may serve, as far as a request says.
/// Requests and rows have the same names for it: each rate has a burst, `_max`, and its length.
///
/// @param entity whose row it is
/// @param values by field name
record IoLimits(String entity, Map<String, @Nullable Object> values) implements Edit {
  private static final List<String> RATES =
      List.of("bps", "bps_rd", "bps_wr", "iops", "iops_rd", "iops_wr");

  /// What a request says.
  static IoLimits read(String entity, Params params) {
    var values = new LinkedHashMap<String, @Nullable Object>();
    for (var rate : RATES) {
      put(values, rate, params.inBaseUnit(rate));
      put(values, rate + "_max", params.inBaseUnit(rate + "_max"));
      put(values, rate + "_max_length", params.optionalLong(rate + "_max_length"));
    }
    return new IoLimits(entity, values);
  }

  private static void put(Map<String, @Nullable Object> values, String field, OptionalLong given) {
    given.ifPresent(number -> values.put(field, number));
  }
}
