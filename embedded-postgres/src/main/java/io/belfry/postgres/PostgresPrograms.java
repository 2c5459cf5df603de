package io.belfry.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/// The programs of one PostgreSQL version, unpacked from the archive on the class path.
///
/// A folder with the version in its name is complete as soon as it exists: it is unpacked next to
/// its place and then moved there. So any number of processes may share one.
record PostgresPrograms(Path home) {
  static final String VERSION = "17.10";

  private static final String ARCHIVE = "/postgres-linux-x86_64.txz";
  private static final List<String> PROGRAMS = List.of("initdb", "pg_ctl", "postgres");
  private static final String ALTERNATIVE =
      "start with --database jdbc:postgresql://… to use a PostgreSQL (15 or newer) of your own";

  /// @throws io.belfry.problem.ProblemException if this build brings no PostgreSQL for this machine
  static void requireKnownPlatform() {
    requireKnownPlatform(System.getProperty("os.name"), System.getProperty("os.arch"));
  }

  static void requireKnownPlatform(String system, String architecture) {
    if (!system.equals("Linux") || !architecture.equals("amd64")) {
      throw Unavailable.because(
          "Belfry brings a PostgreSQL for Linux amd64 only, and this is %s %s: %s"
              .formatted(system, architecture, ALTERNATIVE));
    }
  }

  /// The programs below this folder, unpacked now if they are missing or incomplete.
  static PostgresPrograms unpackedIn(Path folder) {
    var programs = new PostgresPrograms(folder.resolve("postgres-" + VERSION));
    if (!programs.isComplete()) {
      try {
        programs.unpack(folder);
      } catch (IOException | UncheckedIOException e) {
        throw Unavailable.because(
            "PostgreSQL %s can't be unpacked into %s (%s): make room and let this user write there, or %s"
                .formatted(VERSION, programs.home, e, ALTERNATIVE),
            e);
      }
    }
    return programs;
  }

  Path program(String name) {
    return home.resolve("bin").resolve(name);
  }

  private boolean isComplete() {
    return PROGRAMS.stream().allMatch(name -> Files.isExecutable(program(name)));
  }

  private void unpack(Path folder) throws IOException {
    Files.createDirectories(folder);
    var unfinished = new EphemeralFolder();
    try (var archive = PostgresPrograms.class.getResourceAsStream(ARCHIVE)) {
      var place = unfinished.createIn(folder);
      unpack(archive, place);
      // others, such as another user that PostgreSQL runs as, must be able to enter
      Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
      Folders.force(place);
      publish(place);
    } finally {
      unfinished.delete();
    }
  }

  private static void unpack(@Nullable InputStream archive, Path folder) throws IOException {
    if (archive == null) {
      throw new IOException(ARCHIVE + " is not on the class path");
    }
    try (var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive)))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(entry, tar, folder);
      }
    }
  }

  private static void unpack(TarArchiveEntry entry, InputStream content, Path folder)
      throws IOException {
    var target = folder.resolve(entry.getName()).normalize();
    if (!target.startsWith(folder)) {
      throw new IOException("the archive holds a path that leaves its folder: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.resolveSibling("."));
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(content, target);
    if ((entry.getMode() & 0100) != 0) {
      Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private void publish(Path unfinished) throws IOException {
    if (Files.exists(home) && !isComplete()) {
      Folders.delete(home);
    }
    try {
      Folders.publish(unfinished, home);
    } catch (FileSystemException e) {
      if (!isComplete()) {
        throw e;
      } // else another process was faster
    }
  }
}
