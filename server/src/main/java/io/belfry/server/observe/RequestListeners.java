package io.belfry.server.observe;

import io.belfry.server.http.RequestListener;
import java.util.List;

/// Tells several listeners.
public record RequestListeners(List<RequestListener> all) implements RequestListener {
  public RequestListeners {
    all = List.copyOf(all);
  }

  @Override
  public void began() {
    all.forEach(RequestListener::began);
  }

  @Override
  public void ended(Outcome outcome) {
    all.forEach(listener -> listener.ended(outcome));
  }
}
