package io.belfry.postgres;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.belfry.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/// The right to use a data directory, held by one process at a time, and only once there. The
/// operating system takes it back when the process dies, so a leftover lock file means nothing.
final class DirectoryLock implements AutoCloseable {
  private static final int PID_LENGTH = 20;

  /// What this process holds; guarded by the class. A file in here must not be opened a second
  /// time: Linux takes the lock back as soon as *any* of our channels on it is closed.
  private static final Set<Path> OURS = new HashSet<>();

  private final Path path;
  private final FileChannel file;

  private DirectoryLock(Path path, FileChannel file) {
    this.path = path;
    this.file = file;
  }

  /// Takes the lock, without waiting for it.
  static synchronized DirectoryLock of(DataDirectory directory) {
    var path = directory.lock();
    if (!OURS.add(path)) {
      throw inUse(directory, Long.toString(ProcessHandle.current().pid()));
    }
    try {
      return new DirectoryLock(path, locked(directory));
    } catch (IOException e) {
      OURS.remove(path);
      throw Unavailable.because(
          "the data directory can't be locked (%s): %s must be a file that this user may write"
              .formatted(e, path),
          e);
    } catch (RuntimeException | Error e) {
      OURS.remove(path);
      throw e;
    }
  }

  /// Whether any process holds the lock.
  ///
  /// @throws IOException if that can't be told, as when the file is another user's
  static synchronized boolean isHeld(DataDirectory directory) throws IOException {
    if (OURS.contains(directory.lock())) {
      return true;
    }
    try (var file = FileChannel.open(directory.lock(), StandardOpenOption.WRITE)) {
      return !lock(file);
    }
  }

  /// @return false if somebody holds it
  private static boolean lock(FileChannel file) throws IOException {
    try {
      return file.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // by a class of another class loader in this process
    }
  }

  private static FileChannel locked(DataDirectory directory) throws IOException {
    var file =
        FileChannel.open(
            directory.lock(),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    try {
      if (!lock(file)) {
        throw inUse(directory, text(file));
      }
      file.truncate(0).write(US_ASCII.encode(Long.toString(ProcessHandle.current().pid())), 0);
      return file;
    } catch (IOException | RuntimeException | Error e) {
      file.close();
      throw e;
    }
  }

  private static ProblemException inUse(DataDirectory directory, String holder) {
    return Unavailable.because(
        "the data directory %s is in use by process %s: stop that process, or choose another directory"
            .formatted(directory.root(), holder));
  }

  private static String text(FileChannel file) throws IOException {
    var bytes = ByteBuffer.allocate(PID_LENGTH);
    file.read(bytes, 0);
    return US_ASCII.decode(bytes.flip()).toString();
  }

  @Override
  public void close() {
    synchronized (DirectoryLock.class) {
      OURS.remove(path);
      try {
        file.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
