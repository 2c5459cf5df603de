package io.belfry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// The unmodified official Python SDK does with Belfry what its guide shows. The tests themselves
/// are in `src/test/python`, one for each of the guide's examples; here each gets a result of its
/// own.
final class OfficialPythonSdkTest {
  private static final Path TESTS = Path.of("src/test/python").toAbsolutePath();

  private static final List<BelfryProcess> STARTED = new ArrayList<>();
  private static PythonEnvironment python;
  private static String url;
  private static String tlsUrl;

  @BeforeAll
  static void prepare(@TempDir Path folder) throws IOException, InterruptedException {
    python = PythonEnvironment.ofOfficialSdk();
    url = start(folder.resolve("plain"));
    tlsUrl = start(folder.resolve("tls"), "--tls");
  }

  private static String start(Path dataDirectory, String... options) throws IOException {
    var belfry = BelfryProcess.start(dataDirectory, options);
    STARTED.add(belfry);
    return belfry.url();
  }

  @AfterAll
  static void stop() {
    STARTED.forEach(BelfryProcess::close);
  }

  @TestFactory
  Stream<DynamicTest> guide() throws IOException {
    var tests =
        new ProcessBuilder(python.interpreter(), TESTS.resolve("run.py").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    tests
        .environment()
        .putAll(
            Map.of(
                "BELFRY_URL",
                url,
                "BELFRY_TLS_URL",
                tlsUrl,
                "BELFRY_USER",
                BelfryProcess.USER,
                "BELFRY_PASSWORD",
                BelfryProcess.PASSWORD,
                "PYTHONDONTWRITEBYTECODE",
                "1"));
    var process = tests.start();
    return Stream.concat(
        process.inputReader().lines().map(OfficialPythonSdkTest::result),
        Stream.of(dynamicTest("all tests ran", () -> assertThat(process.waitFor()).isZero())));
  }

  /// @param line see `run.py`
  private static DynamicTest result(String line) {
    var fields = line.split("\t", -1);
    var name = decoded(fields[1]) + " › " + decoded(fields[2]);
    return dynamicTest(
        name, () -> assertThat(fields[0]).as(decoded(fields[3])).isEqualTo("passed"));
  }

  private static String decoded(String field) {
    return URLDecoder.decode(field, StandardCharsets.UTF_8);
  }
}
