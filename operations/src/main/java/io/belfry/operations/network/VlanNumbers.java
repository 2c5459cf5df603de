package io.belfry.operations.network;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.belfry.operations.input.Params;
import io.belfry.problem.ProblemCode;
import io.belfry.store.rows.VlanEdit;
import io.belfry.store.rows.VlanModeType;
import java.util.List;
import java.util.regex.Pattern;

/// The 802.1Q numbers of a VLAN: one, or ranges of them.
///
/// @param mode VLAN_ACCESS or VLAN_TRUNK
/// @param number of an access network; 0 is untagged
/// @param ranges of a trunk, `100` or `100-200`
record VlanNumbers(VlanModeType mode, int number, List<String> ranges) {
  private static final String RANGES = "network_ids";
  private static final Pattern RANGE = Pattern.compile("(\\d{1,4})(?:-(\\d{1,4}))?");
  private static final int GREATEST = 4095;

  /// What a request says; what it leaves out stays.
  static VlanNumbers read(Params params, VlanNumbers before) {
    var mode = params.optionalText("mode_type").map(VlanModeType::of).orElse(before.mode);
    return switch (mode) {
      case VLAN_ACCESS ->
          new VlanNumbers(mode, params.optionalInt("vlan_id").orElse(before.number), List.of());
      case VLAN_TRUNK -> {
        var ranges = params.json().hasNonNull(RANGES) ? params.texts(RANGES) : before.ranges;
        checkRanges(params, ranges);
        yield new VlanNumbers(mode, 0, ranges);
      }
      case GENEVE, VXLAN ->
          throw params.refused(
              ProblemCode.NOT_BUILT,
              "mode_type",
              "%s.mode_type: only VLAN_ACCESS and VLAN_TRUNK are built yet, not %s"
                  .formatted(params.path(), mode.wire()));
    };
  }

  private static void checkRanges(Params params, List<String> ranges) {
    if (ranges.isEmpty()) {
      throw params.refused(
          ProblemCode.MISSING_FIELD,
          RANGES,
          "%s.%s is required for a trunk: ranges such as 100-200".formatted(params.path(), RANGES));
    }
    for (var range : ranges) {
      if (!isRange(range)) {
        throw params.refused(
            ProblemCode.OUT_OF_RANGE,
            RANGES,
            "%s.%s must have numbers or ranges from 0 to %s, such as 100-200, not %s"
                .formatted(params.path(), RANGES, GREATEST, range));
      }
    }
  }

  private static boolean isRange(String text) {
    var matcher = RANGE.matcher(text);
    if (!matcher.matches()) {
      return false;
    }
    var first = Integer.parseInt(matcher.group(1));
    var last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
    return first <= last && last <= GREATEST;
  }

  VlanEdit write(VlanEdit edit) {
    return edit.modeType(mode).vlanId(number).networkIds(shown());
  }

  private ArrayNode shown() {
    var shown = JsonNodeFactory.instance.arrayNode();
    if (mode == VlanModeType.VLAN_ACCESS) {
      return shown.add(Integer.toString(number));
    }
    ranges.forEach(shown::add);
    return shown;
  }
}
