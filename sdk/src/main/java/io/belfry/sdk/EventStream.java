package io.belfry.sdk;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One open stream of server-sent events. Lines are asked for as events are taken, so a slow reader
/// slows down the server and keeps little in memory.
final class EventStream implements Flow.Subscriber<String>, AutoCloseable {
  private static final int KEPT = 256;

  private final LinkedBlockingQueue<Item> items = new LinkedBlockingQueue<>();
  private final StringBuilder data = new StringBuilder();
  private String name = "";
  private @Nullable String id;
  private Flow.@Nullable Subscription subscription;
  private boolean paused;
  private @Nullable CompletableFuture<Transport.Response> whole;

  private EventStream() {}

  /// What a stream brings: an [Event], or its [End].
  interface Item {}

  /// @param id where to go on after it; null as long as the server has told none
  /// @param name empty if the server gave it none
  /// @param data empty if it only moves the id
  record Event(@Nullable String id, String name, String data) implements Item {}

  /// @param response what came instead of a stream, or its last part; null if the connection broke
  /// @param failure why there is no response
  record End(Transport.@Nullable Response response, @Nullable Throwable failure) implements Item {}

  static EventStream open(Transport transport, Transport.Request request) {
    var stream = new EventStream();
    stream.whole = transport.stream(request, stream);
    var unused =
        stream.whole.whenComplete(
            (response, failure) -> stream.items.add(new End(response, failure)));
    return stream;
  }

  /// The next item; null if there is none in time.
  @Nullable Item poll(Duration patience) throws InterruptedException {
    var item = items.poll(Math.max(0, patience.toNanos()), TimeUnit.NANOSECONDS);
    resume();
    return item;
  }

  private synchronized void resume() {
    if (paused && items.size() < KEPT / 2 && subscription != null) {
      paused = false;
      subscription.request(1);
    }
  }

  @Override
  public synchronized void onSubscribe(Flow.Subscription subscription) {
    this.subscription = subscription;
    subscription.request(1);
  }

  @Override
  public synchronized void onNext(String line) {
    if (line.isEmpty()) {
      dispatch();
    } else {
      read(line);
    }
    paused = items.size() >= KEPT;
    if (!paused && subscription != null) {
      subscription.request(1);
    }
  }

  private void read(String line) {
    int colon = line.indexOf(':');
    var field = colon < 0 ? line : line.substring(0, colon);
    var value = colon < 0 ? "" : line.substring(colon + 1);
    if (value.startsWith(" ")) {
      value = value.substring(1);
    }
    switch (field) {
      case "id" -> id = value;
      case "event" -> name = value;
      case "data" -> data.append(data.length() == 0 ? "" : "\n").append(value);
      default -> {} // comments, and what newer servers send
    }
  }

  private void dispatch() {
    items.add(new Event(id, name, data.toString()));
    name = "";
    data.setLength(0);
  }

  @Override
  public void onError(Throwable failure) {
    items.add(new End(null, failure));
  }

  @Override
  public void onComplete() {} // told by the whole answer

  /// Gives up the stream.
  @Override
  public void close() {
    synchronized (this) {
      if (subscription != null) {
        subscription.cancel();
      }
    }
    if (whole != null) {
      whole.cancel(true);
    }
  }
}
