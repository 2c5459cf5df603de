package io.belfry.sdk;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// One call on its way: a request that is sent, and sent again where [Retry] says so, or with
/// another token when the server doesn't accept the one it came with. All within the call's time.
final class Exchange {
  /// What an endpoint answers that is not the active one.
  private static final int PASSIVE = 307;

  private final Call call;
  private final Transport transport;
  private final Endpoints endpoints;
  private final KeySupport keySupport;
  private final Session session;
  private final Configuration configuration;
  private final UnaryOperator<Runnable> inContext;
  private final long deadline;
  private final CompletableFuture<Transport.Response> result = new CompletableFuture<>();
  private volatile @Nullable Future<?> current;

  private Exchange(Call call, Ways ways, Session session, Configuration configuration) {
    this.call = call;
    this.transport = ways.transport();
    this.endpoints = ways.endpoints();
    this.keySupport = ways.keySupport();
    this.session = session;
    this.configuration = configuration;
    this.inContext = configuration.context().capture();
    this.deadline = System.nanoTime() + call.timeout().toNanos();
  }

  /// What to send.
  ///
  /// @param operation what it is called in exceptions and logs
  /// @param repeatable whether doing it twice does no harm: it only reads, or has a key by which
  ///   the server knows it again
  /// @param timeout how long all attempts together may take
  /// @param sending sends one request
  record Call(
      String operation,
      boolean repeatable,
      Duration timeout,
      Requests request,
      BiFunction<Transport, Transport.Request, CompletableFuture<Transport.Response>> sending) {

    Call sentBy(
        BiFunction<Transport, Transport.Request, CompletableFuture<Transport.Response>> other) {
      return new Call(operation, repeatable, timeout, request, other);
    }
  }

  /// Makes the requests of a call.
  @FunctionalInterface
  interface Requests {
    /// @param host the API's address
    /// @param left how long it may take
    Transport.Request to(URI host, @Nullable String token, Duration left);
  }

  /// How calls get to the server. Clients that come from one another share it.
  record Ways(Transport transport, Endpoints endpoints, KeySupport keySupport) {}

  /// Sends a call. Cancelling the future gives up.
  ///
  /// @param session who calls, and can get another token; [Session#anonymous] if nobody needs one
  /// @return the last answer; or fails as the transport does, as logging in again does, or with a
  ///   [TimeoutException]
  @SuppressWarnings("FutureReturnValueIgnored") // the result carries every outcome
  static CompletableFuture<Transport.Response> start(
      Call call, Ways ways, Session session, Configuration configuration) {
    var exchange = new Exchange(call, ways, session, configuration);
    exchange.result.whenComplete((response, failed) -> exchange.giveUp());
    exchange.attempt(1, false);
    return exchange.result;
  }

  private void giveUp() {
    var underWay = current;
    if (underWay != null) {
      underWay.cancel(true);
    }
  }

  /// @param renewed whether the token has been renewed during this call
  @SuppressWarnings("FutureReturnValueIgnored") // the result carries every outcome
  private void attempt(int number, boolean renewed) {
    try {
      var sender = new Sender(endpoints.active(), session.token());
      var begun = System.nanoTime();
      var request = call.request().to(sender.host(), sender.token(), left());
      var sent = call.sending().apply(transport, request);
      Deadlines.SHARED.watch(sent, System.nanoTime() + left().toNanos());
      follow(sent);
      sent.whenComplete((response, failed) -> {
        try {
          var ended = new Attempt(number, renewed, sender, begun, response, unwrapped(failed));
          inContext.apply(() -> ended(ended)).run();
        } catch (RuntimeException | Error unexpected) {
          result.completeExceptionally(unexpected);
        }
      });
    } catch (RuntimeException impossible) {
      result.completeExceptionally(impossible);
    }
  }

  private void follow(Future<?> underWay) {
    current = underWay;
    if (result.isDone()) {
      underWay.cancel(true);
    }
  }

  /// How long this may still take: at least a moment, as transports want to hear of a positive
  /// time.
  private Duration left() {
    return Duration.ofNanos(Math.max(1_000_000, deadline - System.nanoTime()));
  }

  /// Where an attempt was sent to, and by whom.
  private record Sender(URI host, @Nullable String token) {}

  private record Attempt(
      int number,
      boolean renewed,
      Sender sender,
      long begun,
      Transport.@Nullable Response response,
      @Nullable Throwable failure) {
    int status() {
      return response == null ? 0 : response.status();
    }

    CallListener.Outcome outcome() {
      var requestId = response == null ? null : response.header(Reply.REQUEST_ID).orElse(null);
      return new CallListener.Outcome(status(), requestId, failure);
    }
  }

  private void ended(Attempt attempt) {
    if (result.isDone()) {
      return;
    }
    if (attempt.response() != null) {
      keySupport.learn(attempt.response());
    }
    if (isNotActive(attempt)) {
      endpoints.moveOnFrom(attempt.sender().host());
    }
    var renews = attempt.status() == 401 && !attempt.renewed() && session.canRenew();
    var pause = renews ? Optional.of(Duration.ZERO) : pause(attempt);
    tell(attempt, pause.orElse(null));
    if (renews) {
      renew(attempt);
    } else if (pause.isPresent()) {
      repeat(attempt, pause.get());
    } else if (attempt.response() != null) {
      result.complete(attempt.response());
    } else {
      result.completeExceptionally(attempt.failure());
    }
  }

  private void tell(Attempt attempt, @Nullable Duration pause) {
    var took = Duration.ofNanos(System.nanoTime() - attempt.begun());
    var told =
        new CallListener.Attempt(
            call.operation(), attempt.number(), took, attempt.outcome(), pause);
    CallLog.INSTANCE.attempted(told);
    configuration.listener().attempted(told);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the result carries every outcome
  private void renew(Attempt attempt) {
    var renewal = session.renew(attempt.sender().token());
    follow(renewal);
    renewal.whenComplete((token, failed) -> {
      if (failed == null) {
        inContext.apply(() -> attempt(attempt.number() + 1, true)).run();
      } else {
        result.completeExceptionally(unwrapped(failed));
      }
    });
  }

  private void repeat(Attempt attempt, Duration pause) {
    var later = CompletableFuture.delayedExecutor(pause.toNanos(), TimeUnit.NANOSECONDS);
    Runnable again = () -> attempt(attempt.number() + 1, attempt.renewed());
    follow(CompletableFuture.runAsync(inContext.apply(again), later));
  }

  /// How long to wait before the next attempt, if there is to be one and there is time for it.
  private Optional<Duration> pause(Attempt attempt) {
    var retry = configuration.retry();
    var others = endpoints.count() - 1;
    if (isNotActive(attempt) && attempt.number() <= others) {
      return Optional.of(Duration.ZERO); // the others have not been tried yet
    }
    if (attempt.number() >= retry.attempts() + others || !mayRepeat(attempt)) {
      return Optional.empty();
    }
    var pause = retryAfter(attempt).orElse(Duration.ZERO).plus(retry.pause(attempt.number()));
    return Optional.of(pause).filter(wanted -> wanted.toNanos() < deadline - System.nanoTime());
  }

  /// Whether another endpoint should be asked: this one can't be reached, or is passive, which some
  /// towers say by a redirection. Nothing was done then.
  private boolean isNotActive(Attempt attempt) {
    return endpoints.count() > 1
        && (attempt.status() == PASSIVE || isUnreachable(attempt.failure()));
  }

  private static boolean isUnreachable(@Nullable Throwable failure) {
    return failure instanceof ConnectException || failure instanceof HttpConnectTimeoutException;
  }

  private boolean mayRepeat(Attempt attempt) {
    return switch (attempt.status()) {
      case PASSIVE -> endpoints.count() > 1;
      case 0 -> mayRepeat(attempt.failure());
      case 429 -> true;
      case 503 -> call.repeatable() || retryAfter(attempt).isPresent();
      case 502, 504 -> call.repeatable();
      default -> false;
    };
  }

  private boolean mayRepeat(@Nullable Throwable failure) {
    return isUnreachable(failure)
        || (call.repeatable()
            && failure instanceof IOException
            && !(failure instanceof SSLException));
  }

  private static Optional<Duration> retryAfter(Attempt attempt) {
    return Optional.ofNullable(attempt.response())
        .flatMap(response -> response.header("retry-after"))
        .flatMap(Exchange::wait);
  }

  /// @param after seconds, or a date
  private static Optional<Duration> wait(String after) {
    try {
      return Optional.of(Duration.ofSeconds(Integer.parseInt(after.strip())));
    } catch (NumberFormatException noSeconds) {
      return untilDate(after);
    }
  }

  private static Optional<Duration> untilDate(String after) {
    try {
      var date = ZonedDateTime.parse(after.strip(), DateTimeFormatter.RFC_1123_DATE_TIME);
      var wait = Duration.between(Instant.now(), date.toInstant());
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeParseException unreadable) {
      return Optional.empty();
    }
  }

  private static @Nullable Throwable unwrapped(@Nullable Throwable failed) {
    var cause = failed == null ? null : failed.getCause();
    return failed instanceof CompletionException && cause != null ? cause : failed;
  }
}
