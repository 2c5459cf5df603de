package io.belfry.postgres;

import io.belfry.problem.ProblemException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a PostgreSQL running: when its process dies, another is started on the same cluster and
/// the same port, where PostgreSQL itself recovers what was committed. After too many failures in a
/// row it stays down, which the log says. Thread-safe.
final class Supervisor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

  private final Launch launch;
  private final RestartPolicy policy;
  private final Thread thread;
  private volatile Postmaster postmaster;

  private Supervisor(Launch launch, RestartPolicy policy, Postmaster postmaster) {
    this.launch = launch;
    this.policy = policy;
    this.postmaster = postmaster;
    this.thread = Thread.ofPlatform().daemon().name("postgres-supervisor").unstarted(this::watch);
  }

  /// Starts PostgreSQL, waits until it accepts connections, and watches over it from then on.
  static Supervisor start(Launch launch, RestartPolicy policy) {
    var supervisor = new Supervisor(launch, policy, Postmaster.start(launch));
    supervisor.thread.start();
    return supervisor;
  }

  /// The process that runs now, or that ran last.
  Postmaster postmaster() {
    return postmaster;
  }

  /// Waits until nothing is started any more.
  void awaitGivingUp() throws InterruptedException {
    thread.join();
  }

  private void watch() {
    try {
      var failed = 0;
      while (true) {
        var startNanos = System.nanoTime();
        postmaster.awaitEnd();
        var lived = Duration.ofNanos(System.nanoTime() - startNanos);
        LOG.warn("PostgreSQL, process {}, died; its log is {}", postmaster.pid(), log());
        failed = restart(lived.compareTo(policy.calm()) < 0 ? failed + 1 : 1);
        if (failed >= policy.failures()) {
          LOG.error(
              "PostgreSQL failed {} times in a row and isn't started again: see {}, remove the"
                  + " cause, and restart Belfry",
              failed,
              log());
          return;
        }
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  /// Starts PostgreSQL again, as often as the policy allows.
  ///
  /// @param failures in a row so far
  /// @return failures in a row until it was up, or until it is given up
  private int restart(int failures) throws InterruptedException {
    for (var failed = failures; ; failed++) {
      if (failed >= policy.failures()) {
        return failed;
      }
      Thread.sleep(policy.pause(failed));
      try {
        postmaster = Postmaster.restart(launch, postmaster.port());
        LOG.info("PostgreSQL runs again, as process {}", postmaster.pid());
        return failed;
      } catch (ProblemException e) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        LOG.warn("PostgreSQL doesn't start again yet: {}", e.getMessage());
      }
    }
  }

  private Object log() {
    return launch.cluster().directory().log();
  }

  /// Stops watching, and then PostgreSQL.
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    postmaster.stop();
  }
}
