package io.belfry.recording;

import io.belfry.sdk.Configuration;
import io.belfry.sdk.Transport;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Stands between programs and a server, passes on what they say, and writes it to a file. Programs
/// use [#url] as the server's address and log in as usual; their passwords and tokens reach the
/// server and are not written.
///
/// Streams of events are not passed on: programs are told that there are none, and ask instead, as
/// they do with CloudTower. Of uploads, only the size is written. Each call is written when it has
/// been answered, so a recorder that is killed loses nothing but what was under way. When a call
/// can't be written, as on a full disk, its answer still reaches the program, and no further call
/// is passed on. Thread-safe.
public final class Recorder implements AutoCloseable {
  private static final String EVENTS = "/v2/events";

  /// What belongs to one connection, not to the message; and what would compress answers.
  private static final Set<String> NOT_PASSED_ON =
      Set.of(
          "accept-encoding",
          "connection",
          "content-length",
          "expect",
          "host",
          "http2-settings",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private final Configuration tower;
  private final Transport transport;
  private final Writer file;
  private final Consumer<RecordedCall> told;
  private final Redaction redaction = new Redaction();
  private final LocalServer server;
  private volatile @Nullable IOException unwritten;

  Recorder(
      Configuration tower, Transport transport, Writer file, int port, Consumer<RecordedCall> told)
      throws IOException {
    this.tower = tower;
    this.transport = transport;
    this.file = file;
    this.told = told;
    this.server = LocalServer.start(port, this::answer);
  }

  /// Starts recording on the loopback address.
  ///
  /// @param tower the server, and how to reach it
  /// @param file is made, readable by its owner only
  /// @param port 0 for any that is free
  /// @param told is told of each call when it has been written
  /// @throws IOException if the file exists or can't be written, or the port is taken
  public static Recorder start(
      Configuration tower, Path file, int port, Consumer<RecordedCall> told) throws IOException {
    var writer = create(file);
    var transport = Transport.of(tower);
    try {
      return new Recorder(tower, transport, writer, port, told);
    } catch (IOException failed) {
      transport.close();
      writer.close();
      Files.delete(file);
      throw failed;
    }
  }

  private static BufferedWriter create(Path file) throws IOException {
    try {
      var created = Files.createFile(file, ownerOnly());
      return Files.newBufferedWriter(created, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException exists) {
      throw new IOException(file + " exists: name another file, or remove it", exists);
    } catch (IOException impossible) {
      throw new IOException("%s can't be made: %s".formatted(file, impossible), impossible);
    }
  }

  private static FileAttribute<?>[] ownerOnly() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  /// The address that programs are to use instead of the server's.
  public String url() {
    return server.url();
  }

  private LocalServer.Answer answer(LocalServer.Question question) throws InterruptedException {
    if (question.path().startsWith(EVENTS)) {
      return LocalServer.Answer.problem(
          404, "NotFound", "streams of events are not recorded: ask again and again instead");
    }
    if (unwritten != null) {
      return LocalServer.Answer.problem(
          507, "NotRecorded", "nothing is passed on, as it can't be recorded: " + unwritten);
    }
    var begun = System.nanoTime();
    var sent = transport.send(request(question));
    try {
      var response = sent.get(tower.timeout().toNanos(), TimeUnit.NANOSECONDS);
      write(question, response, (System.nanoTime() - begun) / 1_000_000);
      return new LocalServer.Answer(
          response.status(), passedOn(response.headers()), response.body());
    } catch (ExecutionException | TimeoutException failed) {
      sent.cancel(true);
      var cause = failed.getCause() == null ? "not in time" : failed.getCause().toString();
      return LocalServer.Answer.problem(
          502, "NoAnswer", "no answer from %s: %s".formatted(tower.host(), cause));
    }
  }

  private Transport.Request request(LocalServer.Question question) {
    return new Transport.Request(
        question.method(),
        URI.create(tower.serverRoot() + question.path()),
        passedOn(question.headers()),
        question.body(),
        tower.timeout());
  }

  private static Map<String, String> passedOn(Map<String, String> headers) {
    var passedOn = new LinkedHashMap<>(headers);
    passedOn.keySet().removeAll(NOT_PASSED_ON);
    passedOn.keySet().removeIf(name -> name.startsWith(":"));
    return passedOn;
  }

  private void write(LocalServer.Question question, Transport.Response response, long millis) {
    var requestType = question.headers().getOrDefault("content-type", "");
    var type = response.header("content-type").orElse("");
    var call =
        new RecordedCall(
            question.method(),
            Redaction.ofAddress(question.path()),
            redaction.of(RecordedCall.body(question.body(), requestType)),
            response.status(),
            type,
            redaction.of(RecordedCall.body(response.body(), type)),
            millis);
    try {
      write(call);
      told.accept(call);
    } catch (IOException failed) {
      unwritten = failed;
    }
  }

  private synchronized void write(RecordedCall call) throws IOException {
    file.write(call.json() + "\n");
    file.flush();
  }

  @Override
  public void close() throws IOException {
    server.close();
    transport.close();
    synchronized (this) {
      file.close();
    }
  }
}
