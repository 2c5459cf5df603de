package io.belfry.server.changes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.problem.ProblemException;
import io.belfry.query.Language;
import io.belfry.schema.Schema;
import io.belfry.server.api.Authentication;
import io.belfry.server.api.Languages;
import io.belfry.server.http.Answer;
import io.belfry.server.http.Request;
import io.belfry.server.http.Route;
import io.belfry.store.log.ChangeFilter;
import io.belfry.store.log.CompactedException;
import io.belfry.store.log.LogTail;
import io.belfry.store.log.RevisionLog;
import io.belfry.store.log.Watch;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/// `GET /v2/events`: changes as server-sent events, for as long as the client listens. Each event's
/// id is the change's revision, so a client that comes back with `Last-Event-ID` misses nothing. A
/// client that reads slowly gets its events later, and holds up nobody.
///
/// Without a revision the stream begins at the newest, which the client is told at once. While
/// nothing happens that it wants, it is told every few seconds how far it is.
public final class ChangeEvents {
  public static final String PATH = "/v2/events";

  private static final Duration HEARTBEAT = Duration.ofSeconds(5);

  /// How soon a stream notices that the server stops.
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private static final int RETRY_MILLIS = 1_000;

  private final RevisionLog log;
  private final LogTail tail;
  private final EventTexts texts;
  private final Authentication authentication;
  private final ChangeQuery query;

  public ChangeEvents(
      Schema schema,
      RevisionLog log,
      LogTail tail,
      EventTexts texts,
      Authentication authentication) {
    this.log = log;
    this.tail = tail;
    this.texts = texts;
    this.authentication = authentication;
    this.query =
        new ChangeQuery(
            schema,
            Set.of(ChangeQuery.ACTION, ChangeQuery.TYPE, ChangeQuery.ID, ChangeQuery.START));
  }

  public Route route() {
    return new Route(PATH, PATH, null, Route.Manner.STREAM, this::answer);
  }

  private Answer answer(Request request) {
    if (!request.method().equals("GET")) {
      throw new Problem(
              ProblemCode.WRONG_METHOD,
              "%s is read with GET, not with %s".formatted(PATH, request.method()))
          .asException();
    }
    var caller = authentication.caller(request);
    request.actsFor(caller.username());
    var language = Languages.of(request);
    var filter = query.filter(request.query());
    var start = start(request);
    return new Answer(
        200,
        "text/event-stream; charset=utf-8",
        Map.of("Cache-Control", "no-store", "X-Accel-Buffering", "no"),
        out -> stream(request, new Wish(start, filter, language), out));
  }

  /// What a client wants to hear.
  ///
  /// @param after the first event is the next one after this revision
  private record Wish(long after, ChangeFilter filter, Language language) {}

  private long start(Request request) {
    var bounds = log.bounds();
    var start =
        request
            .header("last-event-id")
            .filter(id -> !id.isBlank())
            .map(id -> ChangeQuery.revision("Last-Event-ID", id))
            .or(() -> ChangeQuery.start(request.query()))
            .orElse(bounds.newest());
    if (start < bounds.compacted()) {
      throw compacted(start, bounds.compacted());
    }
    if (start > bounds.newest()) {
      throw new Problem(
              ProblemCode.OUT_OF_RANGE,
              "start_revision: it is %s, and the newest revision is %s"
                  .formatted(start, bounds.newest()),
              Map.of("currentRevision", String.valueOf(bounds.newest())))
          .asException();
    }
    return start;
  }

  private static ProblemException compacted(long start, long compactRevision) {
    return new Problem(
            ProblemCode.COMPACTED,
            "Changes after revision %s are no longer kept, only those after %s: read the objects again, and begin without a revision."
                .formatted(start, compactRevision),
            Map.of("compactRevision", String.valueOf(compactRevision)))
        .asException();
  }

  private void stream(Request request, Wish wish, OutputStream out) throws IOException {
    try (var watch = tail.watch(wish.after(), wish.filter())) {
      write(out, "retry: %s\n".formatted(RETRY_MILLIS));
      position(out, wish.after());
      events(request, wish, watch, out);
    } catch (CompactedException e) {
      write(
          out,
          "event: compacted\ndata: {\"compactRevision\":\"%s\"}\n\n"
              .formatted(e.compactRevision()));
      out.flush();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  private void events(Request request, Wish wish, Watch watch, OutputStream out)
      throws IOException, InterruptedException {
    var told = wish.after();
    var nextBeat = System.nanoTime() + HEARTBEAT.toNanos();
    while (!request.serverStops()) {
      var page = watch.next(PATIENCE);
      for (var change : page.changes()) {
        out.write(texts.of(change, wish.language()));
        told = change.revision();
      }
      var beat = System.nanoTime() - nextBeat >= 0;
      if (beat && page.through() >= told) {
        authentication.caller(request); // may have been logged out since
        position(out, page.through());
        told = page.through();
      }
      if (beat || !page.changes().isEmpty()) {
        out.flush();
        nextBeat = System.nanoTime() + HEARTBEAT.toNanos();
      }
    }
  }

  /// An event without data only moves the client's `Last-Event-ID`.
  private static void position(OutputStream out, long revision) throws IOException {
    write(out, "id: %s\n\n".formatted(revision));
    out.flush();
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(UTF_8));
  }
}
