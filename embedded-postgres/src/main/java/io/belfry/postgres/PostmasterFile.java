package io.belfry.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What a running PostgreSQL says of itself in `postmaster.pid`.
///
/// @param status `starting`, `ready` or `stopping`; empty before it knows
record PostmasterFile(long pid, String status) {
  private static final int STATUS_LINE = 7;

  static Path of(Path cluster) {
    return cluster.resolve("postmaster.pid");
  }

  /// Reads the file; absent if there is none, or it isn't written yet.
  static Optional<PostmasterFile> read(Path cluster) throws IOException {
    try {
      List<String> lines = Files.readAllLines(of(cluster));
      if (lines.isEmpty() || !lines.getFirst().strip().matches("\\d{1,18}")) {
        return Optional.empty();
      }
      var status = lines.size() > STATUS_LINE ? lines.get(STATUS_LINE).strip() : "";
      return Optional.of(new PostmasterFile(Long.parseLong(lines.getFirst().strip()), status));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  boolean isReady() {
    return status.equals("ready");
  }
}
