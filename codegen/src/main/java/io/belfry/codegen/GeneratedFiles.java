package io.belfry.codegen;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The files of one folder, by path below it.
public final class GeneratedFiles {
  private final SortedMap<String, byte[]> byPath = new TreeMap<>();

  public void add(String path, String text) {
    add(path, text.getBytes(StandardCharsets.UTF_8));
  }

  /// @throws IllegalArgumentException if there is such a file already
  public void add(String path, byte[] content) {
    if (byPath.putIfAbsent(path, content) != null) {
      throw new IllegalArgumentException("two generated files are called " + path);
    }
  }

  public SortedMap<String, byte[]> byPath() {
    return Collections.unmodifiableSortedMap(byPath);
  }

  /// Makes a folder hold these files and no others. A file that holds the right content is not
  /// touched, so that nothing that depends on it is built again.
  void writeTo(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (var stale : filesIn(folder)) {
      if (!byPath.containsKey(pathBelow(folder, stale))) {
        Files.delete(stale);
      }
    }
    for (Map.Entry<String, byte[]> file : byPath.entrySet()) {
      write(folder.resolve(file.getKey()), file.getValue());
    }
  }

  private static void write(Path file, byte[] content) throws IOException {
    if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), content)) {
      return;
    }
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }

  private static List<Path> filesIn(Path folder) throws IOException {
    try (var paths = Files.walk(folder)) {
      return paths.filter(Files::isRegularFile).toList();
    }
  }

  private static String pathBelow(Path folder, Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }
}
