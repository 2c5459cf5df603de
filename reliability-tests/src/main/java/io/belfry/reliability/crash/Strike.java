package io.belfry.reliability.crash;

import io.belfry.reliability.server.ServerUnderTest;
import java.io.IOException;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// One blow in the middle of the load.
///
/// @param replica which server is hit, where one is
/// @param length of an absence or pause, where there is one
record Strike(Kind kind, int replica, Moment moment, Duration length) {
  private static final int LONGEST_ABSENCE_MILLIS = 1200;

  /// About as long as a lease, and then until others have begun with the tasks, or ended them.
  private static final int SHORTEST_PAUSE_MILLIS = 3400;

  private static final int LONGEST_PAUSE_MILLIS = 5500;

  enum Kind {
    /// `kill -9` of one server; its PostgreSQL, if it has its own, shuts down by itself.
    KILL_SERVER("kill -9 of the server"),
    /// The same of all replicas.
    KILL_SERVERS("kill -9 of all servers"),
    /// The same while it starts.
    KILL_STARTING("kill -9 of the server while it starts"),
    /// `kill -9` of PostgreSQL, which a server that is alone starts again.
    KILL_DATABASE("kill -9 of PostgreSQL"),
    /// `kill -9` of all servers and PostgreSQL.
    KILL_BOTH("kill -9 of both"),
    /// SIGTERM in the middle of the load.
    TERMINATE("SIGTERM"),
    /// SIGTERM, and `kill -9` before the server has ended.
    TERMINATE_IMPATIENTLY("SIGTERM, soon kill -9"),
    /// SIGSTOP for about as long as a lease lasts or longer, then SIGCONT.
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
  ///
  /// @param number of the blow
  static Strike draw(int number, int replicas, RandomGenerator random) {
    var kind = kind(replicas, random);
    var moment =
        random.nextBoolean() ? Moment.AfterCalls.draw(random) : Moment.InBurst.draw(number, random);
    var millis =
        kind == Kind.PAUSE
            ? random.nextInt(SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS)
            : random.nextInt(LONGEST_ABSENCE_MILLIS);
    return new Strike(kind, random.nextInt(replicas), moment, Duration.ofMillis(millis));
  }

  private static Kind kind(int replicas, RandomGenerator random) {
    return switch (random.nextInt(20)) {
      case 0, 1, 2, 3 -> Kind.KILL_SERVER;
      case 4, 5, 6 -> replicas > 1 ? Kind.KILL_SERVERS : Kind.KILL_SERVER;
      case 7 -> Kind.KILL_STARTING;
      case 8, 9, 10, 11, 12 -> Kind.KILL_DATABASE;
      case 13, 14, 15 -> Kind.KILL_BOTH;
      case 16, 17 -> Kind.TERMINATE_IMPATIENTLY;
      case 18 -> Kind.TERMINATE;
      default -> Kind.PAUSE;
    };
  }

  /// Strikes, and brings everything back.
  ///
  /// @return what was wrong with how the server took it; empty if nothing was
  String strike(ServerUnderTest server) throws IOException, InterruptedException {
    var complaint = "";
    switch (kind) {
      case KILL_SERVER -> server.kill(replica);
      case KILL_SERVERS -> server.kill();
      case KILL_STARTING -> {
        server.kill(replica);
        server.spawn(replica);
        Thread.sleep(length);
        server.kill(replica);
      }
      case KILL_DATABASE -> server.killDatabase();
      case KILL_BOTH -> server.killWithDatabase();
      case TERMINATE -> {
        if (!server.terminate(replica)) {
          complaint = "the server did not stop after SIGTERM";
        }
      }
      case TERMINATE_IMPATIENTLY -> server.terminate(replica, length);
      case PAUSE -> server.pause(replica, length);
    }
    server.restart();
    return complaint;
  }
}
