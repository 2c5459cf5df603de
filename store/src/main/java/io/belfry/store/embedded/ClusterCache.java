package io.belfry.store.embedded;

import io.belfry.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What makes ephemeral PostgreSQLs start fast, kept in a folder from one process to the next: the
/// programs, and clusters that were filled once, stopped, and are copied for each start. All in it
/// is complete as soon as it has its name, so any number of processes may share it, and it may be
/// deleted while nothing starts. Thread-safe.
record ClusterCache(Path folder) {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterCache.class);
  private static final String PREFIX = "cluster-";

  /// Each build of Belfry fills a cluster of its own.
  private static final int KEPT = 3;

  /// The cache of this user: `belfry` in `$XDG_CACHE_HOME`, or else in `~/.cache`.
  static ClusterCache ofThisUser() {
    var caches = System.getenv("XDG_CACHE_HOME");
    var parent =
        caches == null || caches.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(caches);
    return new ClusterCache(parent.resolve("belfry"));
  }

  /// Gives a data directory without a cluster a filled one, if that is possible, and says which
  /// programs to start there.
  PostgresPrograms prepare(
      DataDirectory directory, Filling filling, PostgresSettings settings, RunAs runAs) {
    var name = filling.name();
    if (name == null || runAs instanceof RunAs.OtherUser) { // who can't look into our cache
      return PostgresPrograms.unpackedIn(directory.root());
    }
    try {
      var programs = PostgresPrograms.unpackedIn(folder);
      var filled = folder.resolve(PREFIX + name);
      if (!Files.exists(filled)) {
        fill(filled, filling.content(), new Launching(programs, settings, runAs));
        deleteUnused();
      }
      copy(new DataDirectory(filled), directory);
      return programs;
    } catch (IOException | UncheckedIOException | ProblemException e) {
      LOG.warn(
          "{} can't be used, so this start takes seconds longer: delete it, or let this user write"
              + " there, with 300 MB free",
          folder,
          e);
      return PostgresPrograms.unpackedIn(directory.root());
    }
  }

  private record Launching(PostgresPrograms programs, PostgresSettings settings, RunAs runAs) {
    EmbeddedPostgres in(Path folder) {
      return EmbeddedPostgres.start(
          DataDirectory.at(folder), programs, runAs, settings, Durability.KEEPS_COMMITS);
    }
  }

  private void fill(Path filled, Consumer<EmbeddedPostgres> content, Launching launching)
      throws IOException {
    var unfinished = new EphemeralFolder();
    try {
      var place = unfinished.createIn(folder);
      try (var postgres = launching.in(place)) {
        content.accept(postgres);
      }
      Folders.publish(place, filled);
    } catch (FileSystemException e) {
      if (!Files.exists(filled)) {
        throw e;
      } // else another process was faster
    } finally {
      unfinished.delete();
    }
  }

  private static void copy(DataDirectory filled, DataDirectory directory) throws IOException {
    var unfinished = directory.unfinishedCluster();
    Folders.delete(unfinished);
    Folders.copy(filled.cluster(), unfinished);
    noteUse(filled, Files.getLastModifiedTime(directory.root())); // a moment ago
    Files.copy(filled.secret(), directory.secret(), StandardCopyOption.COPY_ATTRIBUTES);
    Folders.publish(unfinished, directory.cluster());
  }

  private static void noteUse(DataDirectory filled, FileTime now) throws IOException {
    if (Files.isWritable(filled.root())) {
      Files.setLastModifiedTime(filled.root(), now);
    }
  }

  /// Deletes all but the clusters that were used last. They lose their names first, so that nobody
  /// takes a half-deleted one for complete: a process that copies it meanwhile finds it gone and
  /// does without, and what a killed process has left of it is an abandoned folder.
  private void deleteUnused() throws IOException {
    var clusters = new ArrayList<Path>();
    try (var found = Files.newDirectoryStream(folder, PREFIX + "*")) {
      found.forEach(clusters::add);
    }
    clusters.sort(Comparator.comparing(ClusterCache::lastUse).reversed());
    for (var unused : clusters.subList(Math.min(KEPT, clusters.size()), clusters.size())) {
      var nameless = folder.resolve(EphemeralFolder.PREFIX + unused.getFileName());
      Folders.publish(unused, nameless);
      Folders.delete(nameless);
    }
  }

  private static Instant lastUse(Path cluster) {
    try {
      return Files.getLastModifiedTime(cluster).toInstant();
    } catch (IOException e) {
      return Instant.EPOCH; // just deleted by somebody else
    }
  }
}
