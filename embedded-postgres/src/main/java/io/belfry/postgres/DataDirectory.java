package io.belfry.postgres;

import static java.nio.file.attribute.PosixFilePermissions.asFileAttribute;
import static java.nio.file.attribute.PosixFilePermissions.fromString;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The directory that holds everything of one embedded PostgreSQL.
///
/// @param root absolute, without symbolic links, existing and writable
record DataDirectory(Path root) {

  /// The data directory at this place; created if it is missing, for nobody else to look into.
  static DataDirectory at(Path place) {
    try {
      if (!Files.exists(place)) {
        Files.createDirectories(place, asFileAttribute(fromString("rwx------")));
      }
      var root = place.toRealPath();
      if (!Files.isWritable(root)) {
        throw new AccessDeniedException(root.toString());
      }
      return new DataDirectory(root);
    } catch (IOException e) {
      throw Unavailable.because(
          "the data directory %s can't be used by user %s (%s): make it a directory that this user may write, or choose another"
              .formatted(place.toAbsolutePath(), System.getProperty("user.name"), e),
          e);
    }
  }

  /// PostgreSQL's own files.
  Path cluster() {
    return root.resolve("postgres");
  }

  /// Where a cluster is made; it moves to its place when it is complete.
  Path unfinishedCluster() {
    return root.resolve("postgres.unfinished");
  }

  Path log() {
    return root.resolve("postgres.log");
  }

  Path secret() {
    return root.resolve("postgres.secret");
  }

  Path lock() {
    return root.resolve("belfry.lock");
  }

  String password() {
    try {
      return Files.readString(secret()).strip();
    } catch (IOException e) {
      throw Unavailable.because(
          "the database password can't be read from %s (%s): put the file back or make it readable"
              .formatted(secret(), e),
          e);
    }
  }
}
