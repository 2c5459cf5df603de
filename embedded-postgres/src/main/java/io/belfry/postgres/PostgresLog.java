package io.belfry.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// The file that PostgreSQL's programs write to, from a certain moment on. A large file is put
/// aside first, so that there are two at most.
final class PostgresLog {
  private static final long LARGE_BYTES = 10L << 20;
  private static final int SHOWN_BYTES = 8 << 10;
  private static final int SHOWN_LINES = 15;

  private final Path file;
  private final long start;

  private PostgresLog(Path file, long start) {
    this.file = file;
    this.start = start;
  }

  static PostgresLog of(DataDirectory directory) {
    var file = directory.log();
    try {
      if (Files.exists(file) && Files.size(file) > LARGE_BYTES) {
        var old = file.resolveSibling(file.getFileName() + ".1");
        Files.move(file, old, StandardCopyOption.REPLACE_EXISTING);
      }
      return new PostgresLog(file, Files.exists(file) ? Files.size(file) : 0);
    } catch (IOException e) {
      throw Unavailable.because(
          "can't write %s (%s): let this user write it".formatted(file, e), e);
    }
  }

  Redirect output() {
    return Redirect.appendTo(file.toFile());
  }

  /// The last lines since that moment, for an error message.
  String tail() {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      var from = Math.max(start, channel.size() - SHOWN_BYTES);
      var bytes = ByteBuffer.allocate(SHOWN_BYTES);
      channel.read(bytes, from);
      List<String> lines = UTF_8.decode(bytes.flip()).toString().strip().lines().toList();
      return String.join(
          "\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
    } catch (IOException e) {
      return "(" + file + " can't be read: " + e + ")";
    }
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
