package io.belfry.sdk;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Downloads a file of any size from the server, such as an exported VM or collected logs:
///
/// ```java
/// for (var link : ovf.getExportFileDownloadLinks(…).get(0).links()) {
///   Download.of(client, link.link())
///       .onProgress(p -> System.out.println(p.arrived() + " bytes"))
///       .to(Path.of(link.filename()));
/// }
/// ```
///
/// The file appears under its name when it is complete; until then it is beside it, with the ending
/// `.part`. Where the connection breaks, the download goes on from there, as often in a row as
/// [Retry] says, if the server can send the rest and says that the file is still the same (by
/// `ETag`); else it begins anew. With a checksum it also goes on with what an earlier one, in
/// another process too, has left.
///
/// Collects options until it begins, by one thread.
public final class Download {
  private static final int BUFFER = 64 << 10;
  private static final int PARTIAL = 206;
  private static final int NO_SUCH_RANGE = 416;

  private final ApiClient client;
  private final String path;
  private Consumer<? super Progress> progress = arrived -> {};
  private @Nullable Fingerprint sha256;

  private Download(ApiClient client, String path) {
    this.client = client;
    this.path = path;
  }

  /// @param link from the server's root, `/api/export/disk.vmdk`, or an address on the server
  /// @throws IllegalArgumentException if it is an address elsewhere, where the client's token must
  ///   not go
  public static Download of(ApiClient client, String link) {
    if (!URI.create(link).isAbsolute()) {
      return new Download(client, link.startsWith("/") ? link : "/" + link);
    }
    return client.configuration().hosts().stream()
        .map(Configuration::root)
        .filter(root -> link.startsWith(root + "/"))
        .findFirst()
        .map(root -> new Download(client, link.substring(root.length())))
        .orElseThrow(() ->
            new IllegalArgumentException(
                "%s is no link to one of %s".formatted(link, client.configuration().hosts())));
  }

  /// How far a download is.
  ///
  /// @param arrived how many bytes are there
  /// @param size how many there will be; -1 where the server doesn't say
  public record Progress(long arrived, long size) {}

  /// Refuses a file that has another checksum.
  ///
  /// @param hex the SHA-256 in hexadecimal digits, as `sha256sum` prints it
  /// @throws IllegalArgumentException if it is no SHA-256
  public Download sha256(String hex) {
    sha256 = Fingerprint.parse("a file", hex);
    return this;
  }

  /// Is told how far the download is, each time that something has arrived, in the downloading
  /// thread, so it should be quick.
  public Download onProgress(Consumer<? super Progress> progress) {
    this.progress = progress;
    return this;
  }

  /// Downloads the file, and replaces one of the same name.
  ///
  /// @return the file
  /// @throws ApiException if it doesn't work; what has arrived stays beside the file
  /// @throws IOException if the file can't be written, or is another than [#sha256] says
  public Path to(Path file) throws IOException {
    var part = file.resolveSibling(file.getFileName() + ".part");
    if (sha256 == null) {
      Files.deleteIfExists(part);
    }
    var leftover = Files.exists(part);
    arrive(part);
    if (leftover && !isAsExpected(part)) {
      Files.delete(part); // perhaps it was of another file
      arrive(part);
    }
    requireChecksum(part);
    keep(part);
    return Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private void arrive(Path part) throws IOException {
    var retry = client.configuration().retry();
    String etag = null;
    for (var failed = 1; ; failed++) {
      var before = length(part);
      try (var begun = begin(before, etag)) {
        if (begun == null || !begun.startsAt(before)) {
          requireBeginning(before);
          Files.delete(part); // the server has no rest of it
          continue;
        }
        etag = begun.head().header("etag").filter(tag -> !tag.startsWith("W/")).orElse(null);
        if (write(begun, begun.isPart() ? before : 0, part)) {
          return;
        }
      }
      if (etag == null && sha256 == null) {
        Files.delete(part);
      }
      failed = length(part) > before ? 1 : failed;
      if (failed >= retry.attempts()) {
        throw brokenOff(part);
      }
      Pace.sleep(retry.pause(failed), path);
    }
  }

  /// @return absent if the server has nothing from there on
  private @Nullable Opened begin(long from, @Nullable String etag) {
    Map<String, String> headers = new HashMap<>();
    headers.put("accept", "*/*");
    if (from > 0) {
      headers.put("range", "bytes=" + from + "-");
      if (etag != null) {
        headers.put("if-range", etag);
      }
    }
    try {
      return client.openFile(path, headers);
    } catch (ApiException refused) {
      if (refused.status() == NO_SUCH_RANGE && from > 0) {
        return null;
      }
      throw refused;
    }
  }

  private void requireBeginning(long asked) {
    if (asked == 0) {
      throw new ApiException(
          ApiException.Failure.of(path, PARTIAL, "the file was asked for, and a part of it came"));
    }
  }

  /// An answer that has begun to arrive.
  record Opened(Transport.Response head, InputStream body) implements AutoCloseable {
    boolean isPart() {
      return head.status() == PARTIAL;
    }

    /// Whether it is the whole file, or the part from there on.
    boolean startsAt(long from) {
      return !isPart()
          || head.header("content-range")
              .filter(range -> range.startsWith("bytes " + from + "-"))
              .isPresent();
    }

    /// How long the file is that starts so long before; -1 where the server doesn't say.
    long size(long from) {
      return head.header("content-length").map(length -> from + Long.parseLong(length)).orElse(-1L);
    }

    @Override
    public void close() throws IOException {
      body.close();
    }
  }

  /// @param from how much is there already, and stays
  /// @return whether all has arrived
  private boolean write(Opened begun, long from, Path part) throws IOException {
    var size = begun.size(from);
    var arrived = from;
    try (var out = from > 0 ? append(part) : anew(part)) {
      var buffer = new byte[BUFFER];
      progress.accept(new Progress(arrived, size));
      for (var read = read(begun, buffer); read > 0; read = read(begun, buffer)) {
        out.write(buffer, 0, read);
        arrived += read;
        progress.accept(new Progress(arrived, size));
      }
      return size < 0 ? begun.body().read() < 0 : arrived == size;
    }
  }

  private static OutputStream append(Path part) throws IOException {
    return Files.newOutputStream(part, WRITE, APPEND);
  }

  private static OutputStream anew(Path part) throws IOException {
    return Files.newOutputStream(part, WRITE, CREATE, TRUNCATE_EXISTING);
  }

  /// @return 0 or less where nothing more arrives, for whatever reason
  private static int read(Opened begun, byte[] buffer) {
    try {
      return begun.body().read(buffer);
    } catch (IOException broken) {
      return 0;
    }
  }

  /// So that the file is whole even if the machine fails as soon as it has its name.
  private static void keep(Path part) throws IOException {
    try (var channel = FileChannel.open(part, WRITE)) {
      channel.force(true);
    }
  }

  private static long length(Path part) throws IOException {
    return Files.exists(part) ? Files.size(part) : 0;
  }

  private NoAnswerException brokenOff(Path part) throws IOException {
    return new NoAnswerException(
        ApiException.Failure.of(
            path, 0, "the file breaks off after %s bytes".formatted(length(part))),
        null);
  }

  private boolean isAsExpected(Path part) throws IOException {
    return sha256 == null || fingerprint(part).equals(sha256);
  }

  private void requireChecksum(Path part) throws IOException {
    if (sha256 == null) {
      return;
    }
    var arrived = fingerprint(part);
    if (!arrived.equals(sha256)) {
      Files.delete(part);
      throw new IOException(
          "%s has the SHA-256 %s, not %s".formatted(path, arrived.hex(), sha256.hex()));
    }
  }

  private static Fingerprint fingerprint(Path part) throws IOException {
    try (var content = Files.newInputStream(part)) {
      return Fingerprint.of(content);
    }
  }
}
