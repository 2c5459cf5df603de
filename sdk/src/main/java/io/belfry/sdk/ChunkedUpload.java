package io.belfry.sdk;

import io.belfry.sdk.model.Cluster;
import io.belfry.sdk.model.ContentLibraryImage;
import io.belfry.sdk.model.ElfImage;
import io.belfry.sdk.model.IscsiLun;
import io.belfry.sdk.model.UploadTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Uploads a file of any size, chunk by chunk, and waits until the server has made of it what it
/// should become.
///
/// ```java
/// ElfImage iso =
///     ChunkedUpload.of(client, Path.of("CentOS-7.iso"))
///         .sha256("07b94e6b1a0b0260b94c83d6bb76b26bf7a310dc78d7a9c7432809fb9bc6194a")
///         .onProgress(p -> System.out.println(p.percent() + " %"))
///         .elfImage(clusterId);
/// ```
///
/// Memory holds a chunk or two at a time, 8 MiB each. A chunk whose arrival nobody confirmed is not
/// sent blindly again: the server is asked how many have arrived, and the upload goes on from
/// there, as often as [Retry] says. When that doesn't help either, the [UploadException] names the
/// upload task, and [#resume] goes on with it later, also in another process.
///
/// Collects options until it is sent, by one thread.
public final class ChunkedUpload {
  private static final int CHUNK = 8 << 20;

  private final ApiClient client;
  private final Path file;
  private final Map<String, Object> fields = new LinkedHashMap<>();
  private int chunkSize = CHUNK;
  private Duration timeout = Duration.ofMinutes(5);
  private Consumer<? super Progress> progress = sent -> {};
  private @Nullable Fingerprint sha256;
  private @Nullable String resumed;

  private ChunkedUpload(ApiClient client, Path file) {
    this.client = client;
    this.file = file;
    name(String.valueOf(file.getFileName()));
  }

  /// An upload of a file under its own name.
  public static ChunkedUpload of(ApiClient client, Path file) {
    return new ChunkedUpload(client, file);
  }

  /// How far an upload is.
  ///
  /// @param arrived how many bytes have arrived
  /// @param size how many there are
  public record Progress(long arrived, long size) {
    public int percent() {
      return size == 0 ? 100 : (int) (arrived * 100 / size);
    }
  }

  /// What it shall be called on the server.
  public ChunkedUpload name(String name) {
    return with("name", name);
  }

  /// What an image says about itself besides its name.
  public ChunkedUpload description(String description) {
    return with("description", description);
  }

  /// Sends nothing unless the file has this checksum.
  ///
  /// @param hex the SHA-256 in hexadecimal digits, as `sha256sum` prints it
  /// @throws IllegalArgumentException if it is no SHA-256
  public ChunkedUpload sha256(String hex) {
    sha256 = Fingerprint.parse("a file", hex);
    return this;
  }

  /// Is told how far the upload is before and after each chunk, in the uploading thread, so it
  /// should be quick.
  public ChunkedUpload onProgress(Consumer<? super Progress> progress) {
    this.progress = progress;
    return this;
  }

  /// How long to wait for the server after the last chunk; 5 minutes unless told otherwise. How
  /// long a chunk may take is the client's [Configuration.Builder#timeout].
  public ChunkedUpload timeout(Duration timeout) {
    this.timeout = Require.positive("timeout", timeout);
    return this;
  }

  /// For servers that take chunks of another size than 8 MiB.
  ///
  /// @throws IllegalArgumentException if it is less than one byte
  public ChunkedUpload chunkSize(int bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("chunkSize must be positive: " + bytes);
    }
    chunkSize = bytes;
    return this;
  }

  /// Goes on with an upload of the same file that has been interrupted.
  ///
  /// @param uploadTaskId as [UploadException#uploadTaskId] says it
  public ChunkedUpload resume(String uploadTaskId) {
    resumed = uploadTaskId;
    return this;
  }

  private ChunkedUpload with(String field, String value) {
    fields.put(field, value);
    return this;
  }

  /// Makes an ISO image of a cluster.
  ///
  /// @throws UploadException if it doesn't work
  /// @throws IOException if the file can't be read, or is another than [#sha256] says
  public ElfImage elfImage(String clusterId) throws IOException {
    var done = with("cluster_id", clusterId).send("upload-elf-image");
    var localId = done.args().get("attributes").get("uuid").asText();
    var list = Operation.list("get-elf-images", ElfImage.SHAPE);
    return made(done, list, ElfImage.LOCAL_ID.is(localId));
  }

  /// Makes an image of the content library.
  ///
  /// @param clusters where it shall be
  /// @throws UploadException if it doesn't work
  /// @throws IOException if the file can't be read, or is another than [#sha256] says
  public ContentLibraryImage contentLibraryImage(Condition<Cluster> clusters) throws IOException {
    var done = with("clusters", clusters.json().toString()).send("upload-content-library-image");
    var images = texts(done.args(), "uploadElfImageLocalIds");
    var volumes = texts(done.args(), "uploadIscsiLunZbsVolumeIds");
    var list = Operation.list("get-content-library-images", ContentLibraryImage.SHAPE);
    var ofImages = ContentLibraryImage.ELF_IMAGES.some(ElfImage.LOCAL_ID.in(images));
    var ofVolumes = ContentLibraryImage.ISCSI_LUNS.some(IscsiLun.ZBS_VOLUME_ID.in(volumes));
    return made(done, list, images.isEmpty() ? ofVolumes : ofImages);
  }

  /// Makes an image of the tools for guests. Its version is read from the file: see
  /// [SvtImageVersion].
  ///
  /// @throws UploadException if it doesn't work
  /// @throws IOException if the file can't be read, is no ISO image, or is another than [#sha256]
  ///   says
  public UploadTask svtImage(String clusterId) throws IOException {
    return with("cluster_id", clusterId)
        .with("version", SvtImageVersion.read(file))
        .send("upload-svt-image");
  }

  /// Sends the file of a disk, for imports, which want to know the id of what this returns.
  ///
  /// @throws UploadException if it doesn't work
  /// @throws IOException if the file can't be read, or is another than [#sha256] says
  public UploadTask elfFile(String clusterId) throws IOException {
    return with("cluster_id", clusterId).send("upload-elf-file");
  }

  /// Sends the package of an application.
  ///
  /// @throws UploadException if it doesn't work
  /// @throws IOException if the file can't be read, or is another than [#sha256] says
  public UploadTask cloudTowerApplicationPackage() throws IOException {
    return send("upload-cloudtower-application-package");
  }

  /// Sends the file to any operation that takes chunks.
  ///
  /// @param path the operation, `upload-elf-image`
  /// @param arguments what it wants to know besides name, size and file
  /// @throws UploadException if it doesn't work
  /// @throws IOException if the file can't be read, or is another than [#sha256] says
  public UploadTask to(String path, Json arguments) throws IOException {
    fields.putAll(arguments.fields());
    return send(path);
  }

  private UploadTask send(String path) throws IOException {
    requireChecksum();
    try (var chunks = new Chunks(client, path, file, Map.copyOf(fields), chunkSize)) {
      return chunks.send(resumed, progress, timeout);
    }
  }

  private void requireChecksum() throws IOException {
    if (sha256 == null) {
      return;
    }
    try (var content = Files.newInputStream(file)) {
      var found = Fingerprint.of(content);
      if (!found.equals(sha256)) {
        throw new IOException(
            "%s has the SHA-256 %s, not %s; nothing was sent"
                .formatted(file, found.hex(), sha256.hex()));
      }
    }
  }

  private <T> T made(UploadTask done, Operation<List<T>> list, Condition<T> which) {
    return client.call(list, Query.<T>everything().where(which).first(1)).stream()
        .findFirst()
        .orElseThrow(() ->
            new UploadException(
                list.path(), done.id(), "the upload has ended, but what it made is not there"));
  }

  private static List<String> texts(Json args, String key) {
    var list = args.get(key);
    return list.isArray() ? list.elements().stream().map(Json::asText).toList() : List.of();
  }
}
