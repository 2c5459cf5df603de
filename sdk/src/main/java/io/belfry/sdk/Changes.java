package io.belfry.sdk;

import io.belfry.sdk.internal.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// A watch: the changes that happen, one after the other and without a gap, also when the
/// connection breaks in between or the server is restarted. For one thread at a time; close it at
/// the end.
///
/// ```java
/// try (var changes = client.watch(Vm.class)) {
///   while (true) {
///     var change = changes.next();
///     System.out.println(change.id() + ": " + change.action());
///   }
/// }
/// ```
///
/// @param <T> the objects' type
public final class Changes<T> implements AutoCloseable {
  /// The server says every few seconds where it is, so longer silence means that it is gone.
  private static final Duration SILENCE = Duration.ofSeconds(20);

  private static final Pace RECONNECTING = new Pace(Duration.ofMillis(100), Duration.ofSeconds(5));
  private static final Duration FOREVER = Duration.ofDays(36_500);
  private static final String OPERATION = "events";
  private static final Operation<Json> EVENTS = Operation.json(OPERATION);

  private final ApiClient client;
  private final List<String> types;
  private final List<String> ids;
  private final Reader<T> reader;
  private @Nullable String position;
  private @Nullable EventStream stream;
  private Duration pause = RECONNECTING.first();
  private boolean established;
  private @Nullable String token;

  /// Whether the token was renewed since the last connection.
  private boolean renewed;

  Changes(ApiClient client, List<String> types, WatchOptions options, Reader<T> reader) {
    this.client = client;
    this.types = types;
    this.ids = options.ids();
    this.reader = reader;
    this.position =
        options.after().isPresent() ? String.valueOf(options.after().getAsLong()) : null;
  }

  /// Reads an object.
  interface Reader<T> {
    T read(Json object) throws IOException;
  }

  /// Connects, so that every change from now on is seen.
  ///
  /// @throws ApiException if the server can't be reached, refuses, or has no such streams
  Changes<T> open() {
    step(client.configuration().timeout());
    if (renewed) {
      step(client.configuration().timeout());
    }
    if (!established) {
      close();
      throw new NoAnswerException(
          ApiException.Failure.of(OPERATION, 0, "no stream of events in time"),
          new IOException("silence"));
    }
    return this;
  }

  /// The next change; waits for as long as it takes.
  ///
  /// @throws ChangesLostException if changes have gone that were not seen yet
  /// @throws ApiException if the server refuses to go on, or the thread is interrupted
  public Change<T> next() {
    return poll(FOREVER).orElseThrow();
  }

  /// The next change, if there is one in time.
  ///
  /// @throws ChangesLostException if changes have gone that were not seen yet
  /// @throws ApiException if the server refuses to go on, or the thread is interrupted
  public Optional<Change<T>> poll(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      var change = step(Duration.ofNanos(deadline - System.nanoTime()));
      if (change != null) {
        return Optional.of(change);
      }
      if (System.nanoTime() - deadline >= 0) {
        return Optional.empty();
      }
    }
  }

  /// Everything up to this revision has been seen: where another watch can go on. 0 before the
  /// first connection.
  public long revision() {
    return position == null ? 0 : Long.parseLong(position);
  }

  /// Takes one item from the stream, connecting first if need be.
  ///
  /// @return null if it was no change
  private @Nullable Change<T> step(Duration patience) {
    try {
      if (stream == null) {
        token = client.session().token();
        var request = client.eventsRequest(types, ids, position, token);
        stream = EventStream.open(client.transport(), request);
      }
      var item = stream.poll(patience.compareTo(SILENCE) < 0 ? patience : SILENCE);
      if (item instanceof EventStream.Event event) {
        return take(event);
      }
      if (item instanceof EventStream.End end) {
        ended(end, patience);
      } else if (patience.compareTo(SILENCE) >= 0) {
        reconnect(patience);
      }
      return null;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new NoAnswerException(
          ApiException.Failure.of(OPERATION, 0, "the watching thread was interrupted"),
          interrupted);
    }
  }

  private @Nullable Change<T> take(EventStream.Event event) {
    established = true;
    renewed = false;
    pause = RECONNECTING.first();
    if (event.name().equals("compacted")) {
      throw lost(Json.parse(event.data()));
    }
    var change = event.data().isEmpty() ? null : change(Json.parse(event.data()));
    if (event.id() != null) {
      position = event.id();
    }
    return change;
  }

  private Change<T> change(Json json) {
    return new Change<>(
        Long.parseLong(json.get("revision").asText()),
        Change.Action.valueOf(json.get("action").asText()),
        json.get("resource_type").asText(),
        json.get("resource_id").asText(),
        object(json.get("old_value")),
        object(json.get("new_value")),
        JsonText.date(json.get("created_at").asText()),
        textOrNull(json.get("task_id")),
        textOrNull(json.get("user_id")));
  }

  private @Nullable T object(Json json) {
    if (json.isNull()) {
      return null;
    }
    try {
      return reader.read(json);
    } catch (IOException unreadable) {
      throw new ApiException(
          ApiException.Failure.of(OPERATION, 200, "a change can't be read: " + json), unreadable);
    }
  }

  private static @Nullable String textOrNull(Json json) {
    return json.isNull() ? null : json.asText();
  }

  /// Goes on after a broken connection; but what the server says about the request itself is final.
  private void ended(EventStream.End end, Duration patience) throws InterruptedException {
    var response = end.response();
    if (response == null) {
      if (!established) {
        throw new Reply<>(EVENTS, client).none(Objects.requireNonNull(end.failure()));
      }
    } else if (response.status() == 401 && !renewed && client.session().canRenew()) {
      renew();
      return;
    } else if (response.status() == 410) {
      throw lost(Json.parse(new String(response.body(), StandardCharsets.UTF_8)).get("props"));
    } else if (!established || isRefusal(response)) {
      throw new Reply<>(EVENTS, client).refusal(response);
    }
    reconnect(patience);
  }

  private void renew() {
    renewed = true;
    close();
    try {
      client.session().renew(token).join();
    } catch (CompletionException failed) {
      throw new Reply<>(EVENTS, client).none(failed);
    }
  }

  private static boolean isRefusal(Transport.Response response) {
    return response.status() / 100 == 4 && response.status() != 429;
  }

  private ChangesLostException lost(Json details) {
    var compacted = details.get("compactRevision");
    return new ChangesLostException(
        ApiException.Failure.of(
            OPERATION, 410, "changes after revision %s are no longer kept".formatted(position)),
        compacted.isNull() ? 0 : Long.parseLong(compacted.asText()));
  }

  private void reconnect(Duration patience) throws InterruptedException {
    close();
    Thread.sleep(Math.max(0, Math.min(pause.toMillis(), patience.toMillis())));
    pause = RECONNECTING.after(pause);
  }

  @Override
  public void close() {
    if (stream != null) {
      stream.close();
      stream = null;
    }
  }
}
