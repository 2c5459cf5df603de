package io.belfry.store.log;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows the end of the revision log on behalf of all who watch it in this process: each change
/// is read once, kept for a while, and only those are woken who want it. Thread-safe.
///
/// A watch is only a position. Whoever is slow holds up nobody and costs no memory: what is no
/// longer kept here is read from the log. Nothing is read while nobody watches.
public final class LogTail implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LogTail.class);

  /// Before the first look, and while nobody watches.
  private static final long NOWHERE = 0;

  private final RevisionLog log;
  private final TailSettings settings;
  private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
  private final Semaphore wakeUps = new Semaphore(0);
  private final Semaphore catchUps;
  private final Thread thread;
  private volatile boolean closed;

  /// What follows is guarded by `kept`.
  private final Deque<Change> kept = new ArrayDeque<>();

  private long keptBytes;

  /// All changes after this one and up to [#newest] that there are, are kept.
  private long keptAfter;

  private long newest = NOWHERE;

  private LogTail(RevisionLog log, TailSettings settings) {
    this.log = log;
    this.settings = settings;
    this.catchUps = new Semaphore(settings.catchUps());
    this.thread = Thread.ofVirtual().name("log-tail").unstarted(this::follow);
  }

  /// A tail at work; [#close] ends it.
  public static LogTail start(RevisionLog log, TailSettings settings) {
    var tail = new LogTail(log, settings);
    tail.thread.start();
    return tail;
  }

  /// Looks for new changes now, as somebody says that there are some.
  public void wake() {
    if (wakeUps.availablePermits() == 0) {
      wakeUps.release();
    }
  }

  /// Begins to watch; close it when it is no longer needed.
  ///
  /// @param after the first change is the next one after this revision
  public Watch watch(long after, ChangeFilter filter) {
    var watch = new Watch(this, after, filter);
    watches.add(watch);
    wake();
    return watch;
  }

  /// How many watch now.
  public int watching() {
    return watches.size();
  }

  void remove(Watch watch) {
    watches.remove(watch);
  }

  /// The changes after a revision as far as they are known here: none if there is no news, and
  /// nothing if they have to be read from the log.
  Optional<ChangePage> known(long after, ChangeFilter filter) {
    synchronized (kept) {
      if (after >= newest) {
        return Optional.of(new ChangePage(List.of(), after, newest));
      }
      if (after < keptAfter) {
        return Optional.empty();
      }
      var wanted = new ArrayList<Change>();
      for (var change : kept) {
        if (change.revision() > after && filter.wants(change)) {
          if (wanted.size() == settings.page()) {
            return Optional.of(new ChangePage(wanted, wanted.getLast().revision(), newest));
          }
          wanted.add(change);
        }
      }
      return Optional.of(new ChangePage(wanted, newest, newest));
    }
  }

  /// Reads from the log what is no longer known here; only some do so at a time.
  ChangePage catchUp(long after, ChangeFilter filter) throws InterruptedException {
    catchUps.acquire();
    try {
      return log.after(after, filter, settings.page());
    } finally {
      catchUps.release();
    }
  }

  private void follow() {
    try {
      while (!closed) {
        var woken = wakeUps.tryAcquire(settings.pollInterval().toMillis(), TimeUnit.MILLISECONDS);
        wakeUps.drainPermits();
        readSafely();
        if (woken) {
          Thread.sleep(settings.rest());
        }
      }
    } catch (InterruptedException _) {
      // closed
    }
  }

  /// While the database is away, everybody just waits.
  private void readSafely() {
    try {
      read();
    } catch (RuntimeException e) {
      if (closed) {
        return; // interrupted by the end
      }
      LOG.warn("the revision log can't be read: {}", e.getMessage());
    }
  }

  private void read() {
    if (watches.isEmpty()) {
      forget();
      return;
    }
    try {
      var page = next();
      while (page.changes().size() == settings.page()) {
        page = next();
      }
    } catch (CompactedException _) {
      forget(); // those who watch learn it themselves
      wake();
    }
  }

  private ChangePage next() {
    var position = position();
    if (position == NOWHERE) {
      return begin();
    }
    var page = log.after(position, ChangeFilter.ALL, settings.page());
    keep(page);
    tell(page);
    return page;
  }

  private long position() {
    synchronized (kept) {
      return newest;
    }
  }

  private ChangePage begin() {
    var end = log.newest();
    synchronized (kept) {
      keptAfter = end;
      newest = end;
    }
    watches.forEach(Watch::wake);
    return new ChangePage(List.of(), end, end);
  }

  private void forget() {
    synchronized (kept) {
      kept.clear();
      keptBytes = 0;
      newest = NOWHERE;
    }
  }

  private void keep(ChangePage page) {
    synchronized (kept) {
      for (var change : page.changes()) {
        kept.addLast(change);
        keptBytes += change.values().bytes();
      }
      newest = Math.max(newest, page.through());
      while (kept.size() > settings.keptChanges() || keptBytes > settings.keptBytes()) {
        var oldest = kept.removeFirst();
        keptBytes -= oldest.values().bytes();
        keptAfter = oldest.revision();
      }
    }
  }

  private void tell(ChangePage page) {
    if (page.changes().isEmpty()) {
      return;
    }
    for (var watch : watches) {
      if (page.changes().stream().anyMatch(watch.filter()::wants)) {
        watch.wake();
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// How a tail works.
  ///
  /// @param page how many changes are read at once
  /// @param keptChanges how many changes are kept for those who watch
  /// @param keptBytes how much memory these may take, about
  /// @param catchUps how many watches may read from the log at once
  /// @param pollInterval how long changes may go unnoticed that nobody has told of
  /// @param rest between two looks, so that busy times make larger pages, not more of them
  public record TailSettings(
      int page,
      int keptChanges,
      long keptBytes,
      int catchUps,
      Duration pollInterval,
      Duration rest) {
    public static final TailSettings DEFAULT =
        new TailSettings(500, 10_000, 16L << 20, 4, Duration.ofMillis(500), Duration.ofMillis(10));
  }
}
