package io.belfry.sdk;

import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// The addresses of one tower, of which one is active: calls go there until it can't be reached or
/// says that it is not the one. Thread-safe; clients that come from one another share it.
final class Endpoints {
  private final List<URI> hosts;
  private final AtomicInteger active = new AtomicInteger();

  /// @param hosts in the order of preference
  Endpoints(List<URI> hosts) {
    this.hosts = List.copyOf(hosts);
  }

  int count() {
    return hosts.size();
  }

  /// The API's address that calls go to now.
  URI active() {
    return hosts.get(active.get() % hosts.size());
  }

  /// Lets the next one be active, unless another call has seen to that already.
  ///
  /// @param failed the one that could not be used
  void moveOnFrom(URI failed) {
    var number = active.get();
    if (hosts.get(number % hosts.size()).equals(failed)) {
      active.compareAndSet(number, (number + 1) % hosts.size());
    }
  }
}
