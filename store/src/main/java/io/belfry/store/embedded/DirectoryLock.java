package io.belfry.store.embedded;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;

/// The right to use a data directory, held by one process at a time. The operating system takes it
/// back when the process dies, so a leftover lock file means nothing.
final class DirectoryLock implements AutoCloseable {
  private static final int PID_LENGTH = 20;

  private final FileChannel file;

  private DirectoryLock(FileChannel file) {
    this.file = file;
  }

  /// Takes the lock, without waiting for it.
  static DirectoryLock of(DataDirectory directory) {
    try {
      var file =
          FileChannel.open(
              directory.lock(),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      if (!isLocked(file)) {
        var holder = text(file);
        file.close();
        throw Unavailable.because(
            "the data directory %s is in use by process %s: stop that process, or choose another directory"
                .formatted(directory.root(), holder));
      }
      file.truncate(0).write(US_ASCII.encode(Long.toString(ProcessHandle.current().pid())), 0);
      return new DirectoryLock(file);
    } catch (IOException e) {
      throw Unavailable.because(
          "the data directory can't be locked (%s): %s must be a file that this user may write"
              .formatted(e, directory.lock()),
          e);
    }
  }

  private static boolean isLocked(FileChannel file) throws IOException {
    try {
      return file.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // held by this very process
    }
  }

  private static String text(FileChannel file) throws IOException {
    var bytes = ByteBuffer.allocate(PID_LENGTH);
    file.read(bytes, 0);
    return US_ASCII.decode(bytes.flip()).toString();
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
