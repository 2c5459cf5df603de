package io.belfry.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// A Python with the packages of a requirements file, apart from the system's own. It is built once
/// below `target/`, while other processes that want it wait, and again whenever the requirements
/// change.
final class PythonEnvironment {
  private static final String HOW_TO_INSTALL =
      "These tests need Python 3.8 or later with its venv module. "
          + "On Debian and Ubuntu: apt install python3 python3-venv; "
          + "on Fedora and openEuler: dnf install python3; on macOS: brew install python3.";

  private final Path folder;

  private PythonEnvironment(Path folder) {
    this.folder = folder;
  }

  /// With the official SDK.
  static PythonEnvironment ofOfficialSdk() throws InterruptedException {
    return with(
        Path.of("src", "test", "python", "requirements.txt").toAbsolutePath(),
        Path.of("target", "python-sdk"));
  }

  /// @throws IllegalStateException saying what to install, if there is no usable Python
  private static PythonEnvironment with(Path requirements, Path folder)
      throws InterruptedException {
    var environment = new PythonEnvironment(folder);
    var lock = folder.resolveSibling(folder.getFileName() + ".lock");
    try (var channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var _ = channel.lock()) {
      if (!environment.has(requirements)) {
        environment.build(requirements);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return environment;
  }

  /// The interpreter that sees the packages.
  String interpreter() {
    return folder.resolve("bin/python").toAbsolutePath().toString();
  }

  private boolean has(Path requirements) throws IOException {
    return Files.exists(built()) && Files.mismatch(requirements, built()) == -1;
  }

  private void build(Path requirements) throws IOException, InterruptedException {
    run(HOW_TO_INSTALL, List.of("python3", "-m", "venv", "--clear", folder.toString()));
    run(
        "The packages in %s could not be installed.".formatted(requirements.getFileName()),
        List.of(
            interpreter(),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--only-binary=:all:",
            "--require-hashes",
            "--requirement",
            requirements.toString()));
    Files.copy(requirements, built());
  }

  /// A copy of the requirements that are met.
  private Path built() {
    return folder.resolve("requirements.txt");
  }

  private static void run(String onFailure, List<String> command)
      throws IOException, InterruptedException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new IllegalStateException(onFailure, e);
    }
    try (var output = process.getInputStream()) {
      var said = new String(output.readAllBytes(), StandardCharsets.UTF_8);
      var code = process.waitFor();
      if (code != 0) {
        throw new IllegalStateException(
            "%s %s ended with %s:%n%s".formatted(onFailure, String.join(" ", command), code, said));
      }
    }
  }
}
