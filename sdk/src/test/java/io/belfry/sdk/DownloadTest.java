package io.belfry.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DownloadTest {
  private static final int SIZE = 300_000;

  @TempDir Path folder;

  private final byte[] content = new byte[SIZE];
  private final Queue<Integer> breaks = new ConcurrentLinkedQueue<>();
  private final Queue<String> ranges = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private final ApiClient client;
  private volatile String etag = "\"v1\"";
  private volatile boolean hasRanges = true;

  /// How far the parts that come are from those that were asked for.
  private volatile int drift;

  private Path file = Path.of("disk.vmdk");

  DownloadTest() throws IOException {
    new Random(42).nextBytes(content);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/export/disk.vmdk", this::serve);
    client =
        ApiClient.builder(
                Configuration.builder(url() + "/v2/api")
                    .retry(new Retry(3, Duration.ofMillis(1), Duration.ofMillis(2)))
                    .build())
            .token("token")
            .build();
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @BeforeEach
  void start() {
    server.start();
    file = folder.resolve("disk.vmdk");
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
    threads.shutdownNow();
  }

  /// Sends the file, or a part of it, or breaks off after as many bytes as a test says.
  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      var headers = exchange.getRequestHeaders();
      var range = headers.getFirst("range");
      ranges.add(String.valueOf(range));
      if (!"token".equals(headers.getFirst("authorization"))) {
        exchange.sendResponseHeaders(401, -1);
        return;
      }
      var same = headers.getFirst("if-range") == null || etag.equals(headers.getFirst("if-range"));
      var from =
          range == null || !hasRanges || !same ? 0 : Integer.parseInt(range.split("[=-]")[1]);
      if (from > SIZE) {
        exchange.sendResponseHeaders(416, -1);
        return;
      }
      if (!etag.isEmpty()) {
        exchange.getResponseHeaders().add("etag", etag);
      }
      if (from > 0) {
        exchange
            .getResponseHeaders()
            .add("content-range", "bytes %s-%s/%s".formatted(from + drift, SIZE - 1, SIZE));
      }
      exchange.sendResponseHeaders(from > 0 ? 206 : 200, SIZE - from);
      var breaksAfter = breaks.poll();
      var length = breaksAfter == null ? SIZE - from : Math.min(breaksAfter, SIZE - from);
      exchange.getResponseBody().write(content, from, length);
      exchange.getResponseBody().flush();
    }
  }

  private Download download() {
    return Download.of(client, "/export/disk.vmdk");
  }

  private String sha256() throws IOException {
    return Fingerprint.of(new ByteArrayInputStream(content)).hex();
  }

  @Test
  void writesTheFile() throws IOException {
    var progress = new ArrayList<Download.Progress>();

    var written = download().sha256(sha256()).onProgress(progress::add).to(file);

    assertThat(written).isEqualTo(file).hasBinaryContent(content);
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
    assertThat(progress.get(0)).isEqualTo(new Download.Progress(0, SIZE));
    assertThat(progress.get(progress.size() - 1)).isEqualTo(new Download.Progress(SIZE, SIZE));
  }

  @Test
  void goesOnWhereTheConnectionBroke() throws IOException {
    breaks.addAll(List.of(100_000, 0, 50_000, 0));

    download().to(file);

    assertThat(file).hasBinaryContent(content);
    assertThat(ranges)
        .containsExactly(
            "null", "bytes=100000-", "bytes=100000-", "bytes=150000-", "bytes=150000-");
  }

  @Test
  void beginsAnewWhereTheFileHasChanged() throws IOException {
    breaks.add(100_000);

    download()
        .onProgress(p -> {
          if (p.arrived() == 100_000) {
            content[0]++;
            etag = "\"v2\"";
          }
        })
        .to(file);

    assertThat(file).hasBinaryContent(content);
  }

  @Test
  void beginsAnewWhereNobodyKnowsWhetherItHasChanged() throws IOException {
    etag = "";
    breaks.add(100_000);

    download().to(file);

    assertThat(file).hasBinaryContent(content);
    assertThat(ranges).containsExactly("null", "null");
  }

  @Test
  void beginsAnewWithServersThatSendFilesAsAWholeOnly() throws IOException {
    hasRanges = false;
    breaks.add(100_000);

    download().to(file);

    assertThat(file).hasBinaryContent(content);
  }

  @Test
  void beginsAnewWhereAnotherPartComesThanWasAskedFor() throws IOException {
    drift = 1;
    breaks.add(100_000);

    download().to(file);

    assertThat(file).hasBinaryContent(content);
    assertThat(ranges).containsExactly("null", "bytes=100000-", "null");
  }

  @Test
  void givesUpWhenNothingArrivesAnyMore() throws IOException {
    breaks.addAll(List.of(100_000, 0, 0));

    assertThatExceptionOfType(NoAnswerException.class)
        .isThrownBy(() -> download().to(file))
        .withMessageContaining("breaks off after 100000 bytes");

    assertThat(file).doesNotExist();
    assertThat(folder.resolve("disk.vmdk.part")).hasSize(100_000);
  }

  @Test
  void goesOnLaterIfItKnowsTheChecksum() throws IOException {
    Files.write(folder.resolve("disk.vmdk.part"), Arrays.copyOf(content, 200_000));

    download().sha256(sha256()).to(file);

    assertThat(file).hasBinaryContent(content);
    assertThat(ranges).containsExactly("bytes=200000-");
  }

  @Test
  void takesNoLeftoverOfAnotherFile() throws IOException {
    Files.write(folder.resolve("disk.vmdk.part"), new byte[SIZE + 1]);

    download().sha256(sha256()).to(file);

    assertThat(file).hasBinaryContent(content);
  }

  @Test
  void takesNoLeftoverOfAFileAsLong() throws IOException {
    Files.write(folder.resolve("disk.vmdk.part"), new byte[1000]);

    download().sha256(sha256()).to(file);

    assertThat(file).hasBinaryContent(content);
    assertThat(ranges).containsExactly("bytes=1000-", "null");
  }

  @Test
  void refusesAFileWithAnotherChecksum() throws IOException {
    var expected = sha256();
    content[7]++;

    assertThatIOException()
        .isThrownBy(() -> download().sha256(expected).to(file))
        .withMessageContaining("not " + expected);

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void takesAddressesOnTheServerOnly() throws IOException {
    Download.of(client, url() + "/export/disk.vmdk").to(file);
    assertThat(file).hasBinaryContent(content);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Download.of(client, "https://elsewhere.example/export/disk.vmdk"))
        .withMessageContaining("elsewhere.example");
  }

  @Test
  void saysWhyThereIsNoFile() {
    assertThatExceptionOfType(NotFoundException.class)
        .isThrownBy(() -> Download.of(client, "export/nothing").to(file));
    assertThat(folder).isEmptyDirectory();
  }
}
