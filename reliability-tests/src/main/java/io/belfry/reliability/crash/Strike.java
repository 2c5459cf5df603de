package io.belfry.reliability.crash;

import io.belfry.reliability.server.ServerUnderTest;
import java.io.IOException;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// One blow to the server in the middle of the load.
///
/// @param calls falls after so many more calls have been acknowledged
/// @param after and then a little later, to hit tasks in every phase
/// @param length of an absence or pause, where there is one
record Strike(Kind kind, int calls, Duration after, Duration length) {
  private static final int MOST_CALLS = 25;
  private static final Duration CALLS_LIMIT = Duration.ofSeconds(10);
  private static final int LONGEST_MILLIS = 150;
  private static final int LONGEST_ABSENCE_MILLIS = 1200;
  private static final Duration LONGER_THAN_A_LEASE = Duration.ofMillis(5500);

  enum Kind {
    /// `kill -9` of the server; its PostgreSQL shuts down by itself.
    KILL_SERVER("kill -9 of the server"),
    /// The same while it starts.
    KILL_STARTING("kill -9 of the server while it starts"),
    /// `kill -9` of PostgreSQL, which the server starts again.
    KILL_DATABASE("kill -9 of PostgreSQL"),
    /// `kill -9` of both.
    KILL_BOTH("kill -9 of both"),
    /// SIGTERM in the middle of the load.
    TERMINATE("SIGTERM"),
    /// SIGSTOP for longer than a lease lasts, then SIGCONT.
    PAUSE("SIGSTOP, SIGCONT");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  /// The next blow of a seeded plan.
  static Strike draw(RandomGenerator random) {
    var kind =
        switch (random.nextInt(20)) {
          case 0, 1, 2, 3, 4, 5, 6 -> Kind.KILL_SERVER;
          case 7 -> Kind.KILL_STARTING;
          case 8, 9, 10, 11, 12 -> Kind.KILL_DATABASE;
          case 13, 14, 15 -> Kind.KILL_BOTH;
          case 16, 17, 18 -> Kind.TERMINATE;
          default -> Kind.PAUSE;
        };
    var calls = random.nextInt(MOST_CALLS);
    var after = Duration.ofMillis(random.nextInt(LONGEST_MILLIS));
    var length =
        kind == Kind.PAUSE
            ? LONGER_THAN_A_LEASE
            : Duration.ofMillis(random.nextInt(LONGEST_ABSENCE_MILLIS));
    return new Strike(kind, calls, after, length);
  }

  /// Waits for the moment, strikes, and brings the server back.
  ///
  /// @return what was wrong with how the server took it; empty if nothing was
  String strike(ServerUnderTest server, Ledger ledger) throws IOException, InterruptedException {
    ledger.awaitAcknowledged(calls, CALLS_LIMIT);
    Thread.sleep(after); // a random moment is what this is about
    var complaint = "";
    switch (kind) {
      case KILL_SERVER -> server.kill();
      case KILL_STARTING -> {
        server.kill();
        server.spawn();
        Thread.sleep(length);
        server.kill();
      }
      case KILL_DATABASE -> server.killDatabase();
      case KILL_BOTH -> server.killWithDatabase();
      case TERMINATE -> {
        if (!server.terminate()) {
          complaint = "the server did not stop after SIGTERM";
        }
      }
      case PAUSE -> server.pause(length);
    }
    if (kind != Kind.KILL_DATABASE && kind != Kind.PAUSE) {
      server.restart();
    }
    return complaint;
  }
}
