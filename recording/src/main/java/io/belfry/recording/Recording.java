package io.belfry.recording;

import io.belfry.sdk.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Calls in the order in which they were answered. In a file each is a line of JSON, so that
/// recordings can be read, searched, and shortened by hand. Immutable.
public record Recording(List<RecordedCall> calls) {
  public Recording {
    calls = List.copyOf(calls);
  }

  /// Reads a file that [Recorder] has written. A last line that is cut off, because recording was
  /// killed, is left out.
  ///
  /// @throws NoSuchFileException if there is no such file
  /// @throws IOException if the file can't be read, or holds something else; names the line
  public static Recording read(Path file) throws IOException {
    var calls = new ArrayList<RecordedCall>();
    var text = text(file);
    var number = 0;
    for (var line : text.lines().toList()) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      try {
        calls.add(RecordedCall.of(Json.parse(line)));
      } catch (IllegalArgumentException | IllegalStateException broken) {
        if (!text.endsWith("\n") && number == text.lines().count()) {
          break;
        }
        throw new IOException(
            "%s, line %s: no recorded call: %s".formatted(file, number, broken.getMessage()),
            broken);
      }
    }
    return new Recording(calls);
  }

  private static String text(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException missing) {
      throw missing;
    } catch (IOException unreadable) {
      throw new IOException("%s can't be read: %s".formatted(file, unreadable), unreadable);
    }
  }
}
