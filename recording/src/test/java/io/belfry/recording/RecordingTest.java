package io.belfry.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.belfry.recording.LocalServer.Answer;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.ApiException;
import io.belfry.sdk.Configuration;
import io.belfry.sdk.Credentials;
import io.belfry.sdk.Json;
import io.belfry.sdk.Operation;
import io.belfry.sdk.Transport;
import io.belfry.sdk.Upload;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Vm;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A program that starts a VM, with a tower, with its recording, and with what is recorded.
final class RecordingTest {
  private static final String PASSWORD = "correct horse";
  private static final String TOKEN = "token-of-the-tower";

  private final AtomicInteger looks = new AtomicInteger();
  private final List<String> authorizations = new ArrayList<>();

  private final LocalServer tower;
  private final Path file;

  RecordingTest(@TempDir Path directory) throws IOException {
    tower = LocalServer.start(0, this::answer);
    file = directory.resolve("calls.jsonl");
  }

  @AfterEach
  void stop() {
    tower.close();
  }

  private Answer answer(LocalServer.Question question) {
    var body = new String(question.body(), StandardCharsets.UTF_8);
    synchronized (authorizations) {
      authorizations.add(question.headers().getOrDefault("authorization", "none"));
    }
    return switch (question.path().replaceFirst("^/v2/api/", "")) {
      case "login" ->
          body.contains(PASSWORD)
              ? json("{\"data\": {\"token\": \"%s\"}}".formatted(TOKEN))
              : Answer.problem(400, "LoginFailed", "wrong password");
      case "start-vm" -> json("[{\"task_id\": \"t1\", \"data\": {\"id\": \"vm-1\"}}]");
      case "get-tasks" ->
          json(
              "[{\"id\": \"t1\", \"status\": \"%s\", \"description\": \"with %s\"}]"
                  .formatted(looks.getAndIncrement() < 2 ? "EXECUTING" : "SUCCESSED", TOKEN));
      case "get-vms" -> json("[{\"id\": \"vm-1\", \"name\": \"web\"}]");
      case "upload-elf-image" -> json("[{\"id\": \"u1\"}]");
      default -> Answer.problem(404, "NotFound", "no such path");
    };
  }

  private static Answer json(String body) {
    return Answer.text(200, "application/json", body);
  }

  private static List<Vm> startVm(String url) {
    try (var client = ApiClient.connect(url, Credentials.local("root", PASSWORD))) {
      return new VmApi(client).startVm(Vm.ID.is("vm-1")).await(Duration.ofMinutes(1));
    }
  }

  private void record() throws IOException {
    try (var recorder = Recorder.start(Configuration.of(tower.url()), file, 0, call -> {})) {
      startVm(recorder.url());
    }
  }

  @Test
  void passesOnWhatProgramsSay() throws IOException {
    try (var recorder = Recorder.start(Configuration.of(tower.url()), file, 0, call -> {})) {
      assertThat(startVm(recorder.url())).extracting(Vm::name).containsExactly("web");
    }

    assertThat(authorizations).contains("none", TOKEN);
  }

  @Test
  void writesEachCallAsALine() throws IOException {
    var told = new ArrayList<RecordedCall>();
    try (var recorder = Recorder.start(Configuration.of(tower.url()), file, 0, told::add)) {
      startVm(recorder.url());
    }

    var calls = Recording.read(file).calls();
    assertThat(calls).isEqualTo(told);
    assertThat(calls)
        .extracting(RecordedCall::operation)
        .startsWith("POST /v2/api/login", "POST /v2/api/start-vm")
        .endsWith("POST /v2/api/get-vms");
    assertThat(calls.get(1).request()).isEqualTo(Json.parse("{\"where\": {\"id\": \"vm-1\"}}"));
  }

  @Test
  void writesNoSecrets() throws IOException {
    record();

    assertThat(file).content().doesNotContain(PASSWORD, TOKEN).contains("REDACTED");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void writesOfUploadsOnlyHowLargeTheyAre() throws IOException {
    try (var recorder = Recorder.start(Configuration.of(tower.url()), file, 0, call -> {})) {
      upload(recorder.url());
    }
    try (var replay = Replay.start(Recording.read(file), 0)) {
      upload(replay.url());
    }

    assertThat(Recording.read(file).calls().get(0).request().asText())
        .matches("1\\d\\d\\d bytes of multipart/form-data");
  }

  private static void upload(String url) {
    try (var client = ApiClient.of(Configuration.of(url)).withToken(TOKEN)) {
      var answer =
          client.call(
              Operation.json("upload-elf-image").multipart(),
              Json.object("file", new Upload("a.iso", new byte[1000])));
      assertThat(answer.get(0).get("id").asText()).isEqualTo("u1");
    }
  }

  @Test
  void overwritesNothing() throws IOException {
    Files.writeString(file, "mine");

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(this::record)
        .withMessageContaining("exists");
    assertThat(file).hasContent("mine");
  }

  @Test
  void saysWhyAFileCannotBeMade() {
    var nowhere = directory(file).resolve("none/calls.jsonl");

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () -> Recorder.start(Configuration.of(tower.url()), nowhere, 0, call -> {}).close())
        .withMessageContaining("can't be made: java.nio.file.NoSuchFileException");
  }

  private static Path directory(Path file) {
    return Path.of(String.valueOf(file.getParent()));
  }

  /// As on a full disk: the first answer arrives, as what was asked for may have been done.
  @Test
  void passesNothingOnThatItCannotWrite() throws IOException {
    var tower = Configuration.of(this.tower.url());
    try (var recorder = new Recorder(tower, Transport.of(tower), new FullDisk(), 0, call -> {});
        var client = ApiClient.of(Configuration.of(recorder.url())).withToken(TOKEN)) {
      assertThat(new VmApi(client).getVms()).hasSize(1);

      assertThatExceptionOfType(ApiException.class)
          .isThrownBy(() -> new VmApi(client).startVm(Vm.ID.is("vm-1")))
          .withMessageContaining("can't be recorded")
          .withMessageContaining("no space");
    }
    assertThat(authorizations).as("calls that reached the server").hasSize(1);
  }

  private static final class FullDisk extends Writer {
    @Override
    public void write(char[] text, int offset, int length) throws IOException {
      throw new IOException("no space");
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Test
  void leavesNoFileBehindWhereItCannotListen() {
    var port = Integer.parseInt(tower.url().replaceAll("\\D*127\\.0\\.0\\.1:(\\d+).*", "$1"));

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () -> Recorder.start(Configuration.of(tower.url()), file, port, call -> {}).close())
        .withMessageContaining("is taken");
    assertThat(file).doesNotExist();
  }

  @Test
  void saysThatTheServerDoesNotAnswer() throws IOException {
    tower.close();

    try (var recorder = Recorder.start(Configuration.of(tower.url()), file, 0, call -> {})) {
      assertThatExceptionOfType(ApiException.class)
          .isThrownBy(() -> startVm(recorder.url()))
          .satisfies(failed -> assertThat(failed.status()).isEqualTo(502));
    }
  }

  @Test
  void answersAsTheServerDid() throws IOException {
    record();
    tower.close();

    try (var replay = Replay.start(Recording.read(file), 0)) {
      assertThat(startVm(replay.url())).extracting(Vm::name).containsExactly("web");
      assertThat(startVm(replay.url())).as("a second time").hasSize(1);
    }
  }

  @Test
  void answersAnyPassword() throws IOException {
    record();

    try (var replay = Replay.start(Recording.read(file), 0);
        var client = ApiClient.connect(replay.url(), Credentials.local("root", "another"))) {
      assertThat(client.token()).isEqualTo("REDACTED");
    }
  }

  @Test
  void saysWhatIsDifferentInARequestThatWasNotRecorded() throws IOException {
    record();

    try (var replay = Replay.start(Recording.read(file), 0);
        var client = ApiClient.of(Configuration.of(replay.url())).withToken("any")) {
      var vms = new VmApi(client);
      assertThatExceptionOfType(ApiException.class)
          .isThrownBy(() -> vms.startVm(Vm.ID.is("vm-2")))
          .withMessageContaining(
              "POST /v2/api/start-vm is recorded, but not with this body:"
                  + " where.id was \"vm-1\", is \"vm-2\"");
      assertThatExceptionOfType(ApiException.class)
          .isThrownBy(() -> vms.poweroffVm(Vm.ID.is("vm-2")))
          .withMessageContaining("POST /v2/api/poweroff-vm is not recorded");
    }
  }

  @Test
  void readsWhatWasWrittenBeforeRecordingWasKilled() throws IOException {
    record();
    var whole = Files.readString(file);
    var calls = Recording.read(file).calls();

    Files.writeString(file, whole.substring(0, whole.length() - 5));

    assertThat(Recording.read(file).calls()).isEqualTo(calls.subList(0, calls.size() - 1));
  }

  @Test
  void saysWhichLineIsNoCall() throws IOException {
    record();
    Files.writeString(file, "\n{\"method\": \"POST\"}\n" + Files.readString(file));

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Recording.read(file))
        .withMessageContaining("line 2");
  }
}
