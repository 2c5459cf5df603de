package io.belfry.datacenter;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets a stored world forget, from time to time and on a thread of its own, what has been gone for
/// long: so that it doesn't grow with all that ever was. Any number of servers may do so.
public final class Forgetting implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Forgetting.class);
  private static final Duration INTERVAL = Duration.ofMinutes(10);

  private final StoredWorld world;
  private final Thread thread;

  private Forgetting(StoredWorld world) {
    this.world = world;
    thread = Thread.ofVirtual().name("forgetting").unstarted(this::run);
  }

  /// Starts; [#close] ends it.
  public static Forgetting start(StoredWorld world) {
    var forgetting = new Forgetting(world);
    forgetting.thread.start();
    return forgetting;
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(INTERVAL);
        forgetSafely();
      }
    } catch (InterruptedException _) {
      // closed
    }
  }

  /// What went wrong once must not end the loop: it may be gone the next time.
  private void forgetSafely() {
    try {
      var count = world.forgetWhatIsGone();
      LOG.debug("{} objects of the simulated world that are gone were forgotten", count);
    } catch (RuntimeException e) {
      LOG.warn("the simulated world can't forget what is gone: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
