package io.belfry.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.problem.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresProgramsTest {
  @TempDir Path directory;

  @Test
  void areOfTheVersionThatTheirFolderNames() throws Exception {
    var output = directory.resolve("version").toFile();
    var postgres = TestPostgres.programs().program("postgres").toString();

    new Command(List.of(postgres, "--version"))
        .run(ProcessBuilder.Redirect.to(output), Duration.ofSeconds(10));

    assertThat(output).content().contains(" " + PostgresPrograms.VERSION + "\n");
  }

  /// Each program is looked for: here all are there but one. What a process had begun to unpack
  /// that was killed goes too.
  @Test
  void areUnpackedAgainWhenOneIsMissing() throws Exception {
    var abandoned = new EphemeralFolder().createIn(directory);
    for (var file : List.of(abandoned.resolve("belfry.ephemeral"), abandoned)) {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    }
    var complete = TestPostgres.programs().home();
    var bin = Files.createDirectories(directory.resolve(complete.getFileName()).resolve("bin"));
    try (var all = Files.list(complete.resolve("bin"))) {
      for (var program : all.filter(each -> !each.endsWith("postgres")).toList()) {
        Files.createSymbolicLink(bin.resolve(program.getFileName()), program);
      }
    }

    var programs = PostgresPrograms.unpackedIn(directory);

    assertThat(programs.program("postgres")).isExecutable();
    assertThat(Files.isSymbolicLink(programs.program("initdb"))).isFalse();
    assertThat(abandoned).doesNotExist();
  }

  @Test
  void areUnpackedOnceByManyAtTheSameTime() throws Exception {
    var all = new ArrayList<Future<PostgresPrograms>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < 3; i++) {
        all.add(threads.submit(() -> PostgresPrograms.unpackedIn(directory)));
      }
    }

    assertThat(all).allSatisfy(one -> assertThat(one.get().program("postgres")).isExecutable());
    try (var left = Files.list(directory)) {
      assertThat(left).hasSize(1);
    }
  }

  @Test
  void needAFolderThatCanBeWritten() throws Exception {
    var file = Files.writeString(directory.resolve("file"), "");

    assertThatThrownBy(() -> PostgresPrograms.unpackedIn(file))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("--database jdbc:postgresql:");
  }

  @Test
  void areMissingOnOtherPlatforms() {
    assertThatThrownBy(() -> PostgresPrograms.requireKnownPlatform("Mac OS X", "aarch64"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("Mac OS X aarch64")
        .hasMessageContaining("--database jdbc:postgresql:");
  }
}
