package io.belfry.operations.iscsi;

import io.belfry.operations.device.NewNics;
import io.belfry.operations.input.Params;
import java.util.List;

/// What nothing here can keep of what a request may ask for.
final class Unbuilt {
  private static final List<String> KEYS =
      List.of(
          "bps_wr_max_size",
          "business_host_groups",
          "business_host_is_same_with_parent",
          "business_hosts",
          "configuration_adaptive",
          "configuration_method",
          "encrypt_method",
          "prioritized");

  private Unbuilt() {}

  static void refuse(Params params) {
    KEYS.forEach(key -> NewNics.refuseUnbuilt(params, key));
  }
}
