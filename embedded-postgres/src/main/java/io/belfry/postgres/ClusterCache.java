package io.belfry.postgres;

import io.belfry.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

  /// Each build of Belfry fills clusters of its own: one with tables, and one for each simulated
  /// data centre, of which the classes of a test suite may want several.
  private static final int KEPT = 6;

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
    if (filling.name() == null
        || runAs instanceof RunAs.OtherUser) { // who can't look into our cache
      return PostgresPrograms.unpackedIn(directory.root());
    }
    try {
      var programs = PostgresPrograms.unpackedIn(folder);
      var filled = kept(filling, new Launching(programs, settings, runAs), directory);
      copy(filled, directory);
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

  /// A cluster with all of it, or with less if that wasn't there either: who starts once shall not
  /// wait for what only the next start uses.
  private DataDirectory kept(Filling filling, Launching launching, DataDirectory user)
      throws IOException {
    var filled = new DataDirectory(folder.resolve(PREFIX + filling.name()));
    var more = filling.more();
    if (!Files.exists(filled.root())) {
      fill(filled, place -> {}, filling.content(), launching);
      return filled;
    }
    if (more == null) {
      return filled;
    }
    var fuller =
        new DataDirectory(folder.resolve("%s%s-%s".formatted(PREFIX, filling.name(), more.name())));
    if (Files.exists(fuller.root())) {
      noteUse(filled, user); // others are made of it
      return fuller;
    }
    if (!Files.isWritable(folder)) {
      return filled;
    }
    try {
      fill(fuller, place -> copy(filled, DataDirectory.at(place)), more.content(), launching);
      return fuller;
    } catch (IOException | RuntimeException e) {
      LOG.warn("{} can't be made, so this start takes a second longer", fuller.root(), e);
      return filled;
    }
  }

  /// Something that is put into a folder.
  private interface Beginning {
    void putInto(Path folder) throws IOException;
  }

  private record Launching(PostgresPrograms programs, PostgresSettings settings, RunAs runAs) {
    EmbeddedPostgres in(Path folder) {
      return EmbeddedPostgres.start(
          DataDirectory.at(folder), programs, runAs, settings, Durability.KEEPS_COMMITS);
    }
  }

  private void fill(
      DataDirectory filled,
      Beginning beginning,
      Consumer<EmbeddedPostgres> content,
      Launching launching)
      throws IOException {
    var unfinished = new EphemeralFolder();
    try {
      var place = unfinished.createIn(folder);
      beginning.putInto(place);
      try (var postgres = launching.in(place)) {
        content.accept(postgres);
      }
      Folders.force(place);
      Folders.publish(place, filled.root());
    } catch (FileSystemException e) {
      if (!Files.exists(filled.root())) {
        throw e;
      } // else another process was faster
    } finally {
      unfinished.delete();
    }
    deleteUnused();
  }

  private static void copy(DataDirectory filled, DataDirectory directory) throws IOException {
    var unfinished = directory.unfinishedCluster();
    Folders.delete(unfinished);
    Folders.copy(filled.cluster(), unfinished, PostgresLog.of(directory));
    noteUse(filled, directory);
    Files.copy(filled.secret(), directory.secret(), StandardCopyOption.COPY_ATTRIBUTES);
    Folders.publish(unfinished, directory.cluster());
  }

  /// @param user was made a moment ago
  private static void noteUse(DataDirectory filled, DataDirectory user) throws IOException {
    if (Files.isWritable(filled.root())) {
      Files.setLastModifiedTime(filled.root(), Files.getLastModifiedTime(user.root()));
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
      try {
        Folders.publish(unused, nameless);
        Folders.delete(nameless);
      } catch (NoSuchFileException e) {
        LOG.debug("{} is being deleted by somebody else", unused);
      }
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
