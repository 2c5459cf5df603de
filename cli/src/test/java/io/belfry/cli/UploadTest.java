package io.belfry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.belfry.cli.shell.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `belfry elf-image create --file …`, to a server that counts what arrives.
final class UploadTest {
  private static final int CHUNK = 8 << 20;
  private static final int SIZE = CHUNK + 1000;

  private final HttpServer server;
  private final Shell shell = new Shell();
  private final Path file;
  private int chunks;
  private boolean isDown;
  private String lastForm = "";

  UploadTest(@TempDir Path directory) throws IOException {
    file = Files.write(directory.resolve("a.iso"), new byte[SIZE]);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
  }

  @BeforeEach
  void start() {
    server.start();
    shell
        .set("BELFRY_URL", "http://127.0.0.1:%s".formatted(server.getAddress().getPort()))
        .set("BELFRY_TOKEN", "token");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = exchange.getRequestBody().readAllBytes();
      if (exchange.getRequestURI().getPath().endsWith("upload-elf-image")) {
        if (isDown && chunks == 1) {
          exchange.sendResponseHeaders(400, -1);
          return;
        }
        lastForm = new String(body, StandardCharsets.ISO_8859_1);
        chunks++;
      }
      var answer =
          """
          [{"id": "upload-1", "size": %s, "chunk_size": %s, "current_chunk": %s, "status": "%s",
            "args": {}, "resource_type": "ELF_IMAGE", "updatedAt": "2026-01-31T08:00:00.000Z"}]
          """
              .formatted(SIZE, CHUNK, chunks, chunks == 2 ? "SUCCESSED" : "UPLOADING")
              .getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("content-type", "application/json");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private Shell.Ran upload(String... more) {
    var words = new String[8 + more.length];
    System.arraycopy(
        new String[] {
          "elf-image", "upload", "--file", file.toString(), "--name", "tools", "-o", "json"
        },
        0,
        words,
        0,
        8);
    System.arraycopy(more, 0, words, 8, more.length);
    return shell.run(words);
  }

  @Test
  void sendsAFileInChunksAndSaysHowFarItIs() {
    var ran = upload();

    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(ExitCode.OK);
    assertThat(chunks).isEqualTo(2);
    assertThat(ran.err()).contains("100 % of " + SIZE + " bytes");
    assertThat(ran.json().get("id").asText()).isEqualTo("upload-1");
    assertThat(lastForm).contains("name=\"name\"\r\n\r\ntools", "name=\"size\"\r\n\r\n" + SIZE);
  }

  @Test
  void saysHowToGoOnAfterAnInterruption() {
    isDown = true;
    var interrupted = upload();
    assertThat(interrupted.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(interrupted.err()).contains("--upload-task-id upload-1");

    isDown = false;
    var resumed = upload("--upload-task-id", "upload-1");

    assertThat(resumed.exitCode()).as(resumed.err()).isEqualTo(ExitCode.OK);
    assertThat(chunks).isEqualTo(2);
  }

  @Test
  void takesTheSizeFromTheFileOnly() {
    assertThat(upload("--size", "1").err()).contains("--size and --size-unit", "leave them out");
    assertThat(chunks).isZero();
  }

  @Test
  void saysThatThereIsNoFile() throws IOException {
    Files.delete(file);

    var ran = upload();

    assertThat(ran.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err()).contains("--file: can't read " + file);
  }
}
