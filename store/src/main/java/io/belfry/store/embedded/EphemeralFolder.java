package io.belfry.store.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A data folder that goes with those who use it. There is none until it is asked for. For one
/// thread.
///
/// A process that is killed can't delete its folder, so whoever makes one deletes those that killed
/// processes have left in the same place: they are marked as ephemeral, and nobody holds their lock
/// any more.
public final class EphemeralFolder {
  private static final Logger LOG = LoggerFactory.getLogger(EphemeralFolder.class);
  private static final String PREFIX = "belfry-";
  private static final String MARK = "belfry.ephemeral";

  /// How long a folder may be there without being locked by its maker.
  private static final Duration UNLOCKED_LIMIT = Duration.ofHours(1);

  private @Nullable Path folder;

  /// Makes the folder among the temporary files of this machine.
  public Path create() {
    return createIn(Path.of(System.getProperty("java.io.tmpdir")));
  }

  /// Makes the folder in this place, for nobody else to look into.
  public Path createIn(Path place) {
    try {
      var created = Files.createTempDirectory(place, PREFIX);
      folder = created;
      var mark = Files.createFile(created.resolve(MARK));
      deleteAbandoned(place, Files.getLastModifiedTime(mark).toInstant());
      return created;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Deletes the folder with all that is in it, if it was ever made.
  public void delete() {
    var created = folder;
    if (created == null) {
      return;
    }
    try {
      Folders.delete(created);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void deleteAbandoned(Path place, Instant now) throws IOException {
    try (var children = Files.newDirectoryStream(place, PREFIX + "*")) {
      for (var child : children) {
        deleteIfAbandoned(child, now);
      }
    }
  }

  private static void deleteIfAbandoned(Path child, Instant now) {
    try {
      if (isAbandoned(child, now)) {
        Folders.delete(child);
        LOG.info("Deleted {}, which a killed process had left", child);
      }
    } catch (IOException e) {
      LOG.debug("{} stays, as it can't be deleted", child, e); // another user's, for example
    }
  }

  private static boolean isAbandoned(Path child, Instant now) throws IOException {
    var mark = child.resolve(MARK);
    if (!Files.isDirectory(child) || !Files.exists(mark)) {
      return false; // no folder of ours, whatever its name
    }
    var directory = new DataDirectory(child.toRealPath());
    if (!Files.exists(directory.lock())) {
      var made = Files.getLastModifiedTime(mark).toInstant();
      return made.isBefore(now.minus(UNLOCKED_LIMIT));
    }
    return !DirectoryLock.isHeld(directory) && !isServed(directory);
  }

  /// Whether a PostgreSQL that lost its parent is still about to stop.
  private static boolean isServed(DataDirectory directory) throws IOException {
    return PostmasterFile.read(directory.cluster())
        .flatMap(file -> ProcessHandle.of(file.pid()))
        .isPresent();
  }
}
