package io.belfry.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.belfry.sdk.TestServer.Answer;
import io.belfry.sdk.model.Cluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Uploads to a server that puts chunks of four bytes together.
final class ChunkedUploadTest {
  private static final Pattern PART =
      Pattern.compile("name=\"(\\w+)\"[^\r]*\r\n(?:Content-Type[^\r]*\r\n)?\r\n([^\r]*)\r\n");

  private final TestServer server = TestServer.start();
  private final ApiClient client =
      ApiClient.builder(
              Configuration.builder(server.url())
                  .retry(new Retry(3, Duration.ofMillis(1), Duration.ofMillis(1)))
                  .build())
          .token("token")
          .build();
  private final List<String> chunks = new ArrayList<>();
  private final List<String> fields = new ArrayList<>();
  private int chunk = 4;
  private String size = "0";

  /// What each look at the upload task says, when all has arrived; the last one stays.
  private List<String> endings = List.of("SUCCESSED");

  private int looks;

  /// Breaks the connection while these chunks are sent: before they are kept, or afterwards.
  private final Deque<Integer> lost = new ArrayDeque<>();

  private final Deque<Integer> unconfirmed = new ArrayDeque<>();

  @TempDir Path directory;

  ChunkedUploadTest() {
    server.on(
        "get-upload-tasks",
        call -> {
          looks++;
          return Answer.ok("[" + task() + "]");
        });
    server.on("upload-elf-image", this::take);
    server.on("upload-svt-image", this::take);
    server.on("upload-content-library-image", this::take);
    server.on("upload-elf-file", call -> unwrapped(take(call)));
    server.on("upload-cloudtower-application-package", this::take);
    server.on("get-elf-images", "[{\"id\": \"image-1\", \"name\": \"a.iso\"}]");
    server.on("get-content-library-images", "[{\"id\": \"library-1\", \"name\": \"a.iso\"}]");
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private Answer take(TestServer.Call call) {
    var number = chunks.size();
    if (lost.removeFirstOccurrence(number)) {
      return Answer.NONE;
    }
    fields.clear();
    var parts = PART.matcher(call.body());
    while (parts.find()) {
      if (parts.group(1).equals("file")) {
        chunks.add(parts.group(2));
      } else {
        fields.add(parts.group(1) + "=" + parts.group(2));
        size = parts.group(1).equals("size") ? parts.group(2) : size;
      }
    }
    return unconfirmed.removeFirstOccurrence(number) ? Answer.NONE : Answer.ok("[" + task() + "]");
  }

  private static Answer unwrapped(Answer list) {
    return Answer.ok(list.body().substring(1, list.body().length() - 1));
  }

  private String task() {
    var isComplete = String.join("", chunks).length() >= Integer.parseInt(size);
    var status = isComplete ? endings.get(Math.min(looks, endings.size() - 1)) : "UPLOADING";
    return """
    {"id": "upload-1", "size": %s, "chunk_size": %s, "current_chunk": %s, "status": "%s",
     "args": {"attributes": {"uuid": "local-1"}, "uploadElfImageLocalIds": ["local-1"]}}
    """
        .formatted(size, chunk, chunks.size(), status);
  }

  private ChunkedUpload upload(String content) throws IOException {
    return ChunkedUpload.of(client, file(content)).chunkSize(chunk);
  }

  private Path file(String content) throws IOException {
    return Files.writeString(directory.resolve("a.iso"), content);
  }

  @Test
  void sendsChunkAfterChunk() throws IOException {
    var progress = new ArrayList<ChunkedUpload.Progress>();

    var image = upload("abcdefghij").onProgress(progress::add).elfImage("cluster-1");

    assertThat(image.id()).isEqualTo("image-1");
    assertThat(chunks).containsExactly("abcd", "efgh", "ij");
    assertThat(fields)
        .contains("name=a.iso", "cluster_id=cluster-1", "size=10", "upload_task_id=upload-1");
    assertThat(progress).extracting(ChunkedUpload.Progress::percent).containsExactly(40, 80, 100);
    assertThat(server.lastCall().body())
        .isEqualTo("{\"where\":{\"local_id\":\"local-1\"},\"first\":1}");
  }

  @Test
  void sendsAFileWithoutContent() throws IOException {
    upload("").elfFile("cluster-1");

    assertThat(chunks).containsExactly("");
  }

  @Test
  void waitsUntilTheServerHasMadeTheImage() throws IOException {
    endings = List.of("INITIALIZING", "INITIALIZING", "SUCCESSED");

    upload("abc").elfImage("cluster-1");

    assertThat(looks).isEqualTo(2);
  }

  @Test
  void saysWhenTheServerCannotUseTheFile() {
    endings = List.of("INITIALIZING", "FAILED");

    assertThatExceptionOfType(UploadException.class)
        .isThrownBy(() -> upload("abc").elfImage("cluster-1"))
        .withMessageContaining("can't use the file");
  }

  @Test
  void waitsNoLongerThanItIsTold() {
    endings = List.of("INITIALIZING");

    assertThatExceptionOfType(UploadException.class)
        .isThrownBy(() -> upload("abc").timeout(Duration.ofMillis(1)).elfImage("cluster-1"))
        .withMessageContaining("still INITIALIZING");
  }

  @Test
  void sendsAgainWhatDidNotArrive() throws IOException {
    lost.add(1);

    upload("abcdefghij").elfImage("cluster-1");

    assertThat(chunks).containsExactly("abcd", "efgh", "ij");
  }

  @Test
  void sendsNothingTwiceThatArrivedWithoutAnAnswer() throws IOException {
    unconfirmed.add(1);

    upload("abcdefghij").elfImage("cluster-1");

    assertThat(chunks).containsExactly("abcd", "efgh", "ij");
  }

  @Test
  void goesOnLaterWhereItWasInterrupted() throws IOException {
    lost.addAll(List.of(2, 2, 2));
    assertThatExceptionOfType(UploadException.class)
        .isThrownBy(() -> upload("abcdefghij").elfImage("cluster-1"))
        .satisfies(failed -> assertThat(failed.uploadTaskId()).isEqualTo("upload-1"));

    upload("abcdefghij").resume("upload-1").elfImage("cluster-1");

    assertThat(chunks).containsExactly("abcd", "efgh", "ij");
  }

  @Test
  void doesNotBeginTwiceWhenNobodySaidThatItBegan() {
    unconfirmed.add(0);

    assertThatExceptionOfType(UploadException.class)
        .isThrownBy(() -> upload("abcdefghij").elfImage("cluster-1"))
        .satisfies(failed -> assertThat(failed.uploadTaskId()).isNull());
    assertThat(chunks).hasSize(1);
  }

  @Test
  void refusesToGoOnWithAnotherFile() throws IOException {
    upload("abc").elfImage("cluster-1");

    assertThatExceptionOfType(UploadException.class)
        .isThrownBy(() -> upload("abcd").resume("upload-1").elfImage("cluster-1"))
        .withMessageContaining("a file of 3 bytes");
  }

  @Test
  void refusesToGoOnWithWhatIsNotThere() {
    server.on("get-upload-tasks", "[]");

    assertThatExceptionOfType(UploadException.class)
        .isThrownBy(() -> upload("abc").resume("upload-2").elfImage("cluster-1"))
        .withMessageContaining("no upload task upload-2");
  }

  @Test
  void saysWhenTheServerCountsInOtherChunks() {
    assertThatExceptionOfType(UploadException.class)
        .isThrownBy(() -> upload("abcdefghij").chunkSize(3).elfImage("cluster-1"))
        .withMessageContaining("chunks of 4 bytes, not of 3");
  }

  @Test
  void passesOnTheServersRefusal() {
    server.on("upload-elf-image", call -> new Answer(400, "{\"message\": \"no such cluster\"}"));

    assertThatExceptionOfType(UploadException.class)
        .isThrownBy(() -> upload("abc").elfImage("cluster-9"))
        .satisfies(refused -> {
          assertThat(refused.status()).isEqualTo(400);
          assertThat(refused.reason()).isEqualTo("no such cluster");
        });
  }

  @Test
  void sendsOnlyAFileWithTheRightChecksum() throws IOException {
    var right = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    upload("abc").sha256(right).elfImage("cluster-1");
    chunks.clear();

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> upload("abd").sha256(right).elfImage("cluster-1"))
        .withMessageContaining(right);
    assertThat(chunks).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> upload("abc").sha256("12ab"));
  }

  @Test
  void makesImagesOfTheContentLibrary() throws IOException {
    var image =
        upload("abc")
            .name("tools")
            .description("for tests")
            .contentLibraryImage(Cluster.NAME.is("east"));

    assertThat(image.id()).isEqualTo("library-1");
    assertThat(fields)
        .contains("name=tools", "description=for tests", "clusters={\"name\":\"east\"}");
    assertThat(server.lastCall().body()).contains("\"local_id_in\":[\"local-1\"]");
  }

  @Test
  void sendsTheVersionOfToolsForGuests() throws IOException {
    chunk = 1 << 20;

    var sent =
        ChunkedUpload.of(client, iso("SMTX_VMTOOLS-2.12.1")).chunkSize(chunk).svtImage("cluster-1");

    assertThat(sent.id()).isEqualTo("upload-1");
    assertThat(fields).contains("version=SMTX_VMTOOLS-2.12.1");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> upload("abc").svtImage("cluster-1"))
        .withMessageContaining("no ISO 9660 image");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> SvtImageVersion.read(iso("")))
        .withMessageContaining("doesn't say which version");
  }

  private Path iso(String volumeSetId) throws IOException {
    var bytes = new byte[34 * 1024];
    System.arraycopy("CD001".getBytes(StandardCharsets.US_ASCII), 0, bytes, 32 * 1024 + 1, 5);
    var id = volumeSetId.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(id, 0, bytes, 32 * 1024 + 190, id.length);
    return Files.write(directory.resolve("tools.iso"), bytes);
  }

  @Test
  void sendsToAnyOperationThatTakesChunks() throws IOException {
    var sent = upload("abcdef").to("upload-elf-file", Json.object("cluster_id", "cluster-1"));

    assertThat(sent.id()).isEqualTo("upload-1");
    assertThat(chunks).containsExactly("abcd", "ef");
    assertThat(fields).contains("name=a.iso", "cluster_id=cluster-1");
  }

  @Test
  void sendsPackages() throws IOException {
    assertThat(upload("abc").cloudTowerApplicationPackage().id()).isEqualTo("upload-1");
  }
}
