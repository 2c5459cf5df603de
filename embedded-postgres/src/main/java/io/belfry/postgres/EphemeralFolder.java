package io.belfry.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
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
  static final String PREFIX = "belfry-";
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
      deleteAbandoned(created, Files.getLastModifiedTime(mark).toInstant());
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

  /// What can't be looked at stays; a start doesn't fail by that.
  private static void deleteAbandoned(Path created, Instant now) {
    try (var siblings = Files.newDirectoryStream(created.resolveSibling("."), PREFIX + "*")) {
      var us = Files.getOwner(created);
      for (var sibling : siblings) {
        deleteIfAbandoned(sibling, us, now);
      }
    } catch (IOException | DirectoryIteratorException e) {
      LOG.debug("Nothing abandoned is deleted beside {}", created, e);
    }
  }

  private static void deleteIfAbandoned(Path child, UserPrincipal us, Instant now) {
    try {
      if (isOf(us, child) && isAbandoned(child, now)) {
        Folders.delete(child);
        LOG.info("Deleted {}, which a killed process had left", child);
      }
    } catch (IOException e) {
      LOG.debug("{} stays, as it can't be deleted", child, e);
    }
  }

  /// Whether a folder is ours. Nothing of another user may be deleted, least of all by root: that
  /// user could exchange parts of it for links meanwhile.
  private static boolean isOf(UserPrincipal us, Path child) throws IOException {
    return Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)
        && Files.getOwner(child, LinkOption.NOFOLLOW_LINKS).equals(us);
  }

  private static boolean isAbandoned(Path child, Instant now) throws IOException {
    var mark = child.resolve(MARK);
    if (!Files.exists(mark)) {
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
