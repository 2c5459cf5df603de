package io.belfry.datacenter;

/// A cluster's usage as its hosts carry it: equal shares, which add up to it exactly.
record Shares(long total, int hosts) {

  /// @param host counts from 0
  long of(int host) {
    return total / hosts + (host < total % hosts ? 1 : 0);
  }
}
