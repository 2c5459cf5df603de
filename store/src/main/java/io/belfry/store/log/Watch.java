package io.belfry.store.log;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// A position in the revision log that moves on as changes are taken. For one thread at a time.
public final class Watch implements AutoCloseable {
  private final LogTail tail;
  private final ChangeFilter filter;
  private final Semaphore news = new Semaphore(0);
  private long position;

  Watch(LogTail tail, long after, ChangeFilter filter) {
    this.tail = tail;
    this.position = after;
    this.filter = filter;
  }

  /// The next changes that are wanted; none if there are none within this time.
  ///
  /// @throws CompactedException if changes have gone from the log before they were taken
  /// @throws io.belfry.problem.ProblemException if the database can't be reached
  public ChangePage next(Duration patience) throws InterruptedException {
    var page = now();
    if (page.changes().isEmpty()) {
      news.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
      page = now();
    }
    return page;
  }

  private ChangePage now() throws InterruptedException {
    news.drainPermits();
    var known = tail.known(position, filter);
    var page = known.isPresent() ? known.get() : tail.catchUp(position, filter);
    position = page.through();
    return page;
  }

  ChangeFilter filter() {
    return filter;
  }

  void wake() {
    if (news.availablePermits() == 0) {
      news.release();
    }
  }

  @Override
  public void close() {
    tail.remove(this);
  }
}
