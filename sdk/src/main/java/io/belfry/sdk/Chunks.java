package io.belfry.sdk;

import io.belfry.sdk.model.UploadTask;
import io.belfry.sdk.model.UploadTaskStatus;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A file on its way to the server. See [ChunkedUpload] for what it promises.
final class Chunks implements AutoCloseable {
  private static final Operation<List<UploadTask>> GET_UPLOAD_TASKS =
      Operation.list("get-upload-tasks", UploadTask.SHAPE);

  private final ApiClient client;
  private final String path;
  private final Path file;
  private final Map<String, Object> fields;
  private final int chunkSize;
  private final RandomAccessFile content;
  private final long size;
  private @Nullable String taskId;

  /// @param path the operation that takes the chunks
  /// @param fields what it wants to know besides
  Chunks(ApiClient client, String path, Path file, Map<String, Object> fields, int chunkSize)
      throws IOException {
    this.client = client;
    this.path = path;
    this.file = file;
    this.fields = fields;
    this.chunkSize = chunkSize;
    this.content = new RandomAccessFile(file.toFile(), "r");
    this.size = content.length();
  }

  /// Sends what has not arrived, and waits until the server has made use of it.
  ///
  /// @param resumed an earlier upload of the file to go on with
  /// @param timeout how long to wait after the last chunk
  UploadTask send(
      @Nullable String resumed, Consumer<? super ChunkedUpload.Progress> progress, Duration timeout)
      throws IOException {
    taskId = resumed;
    try {
      var task = resumed == null ? chunk(0) : task(resumed);
      progress.accept(progress(task));
      while (arrived(task) < size) {
        task = chunk(arrived(task));
        progress.accept(progress(task));
      }
      return ended(task, timeout);
    } catch (UploadException known) {
      throw known;
    } catch (ApiException failed) {
      throw new UploadException(taskId, failed);
    }
  }

  private ChunkedUpload.Progress progress(UploadTask task) {
    return new ChunkedUpload.Progress(arrived(task), size);
  }

  private long arrived(UploadTask task) {
    return Math.min(size, (long) task.currentChunk() * chunkSize);
  }

  /// Sends the chunk that begins at a place of the file. If nobody says that it has arrived, looks
  /// before it sends it again.
  private UploadTask chunk(long from) throws IOException {
    var retry = client.configuration().retry();
    for (var failed = 1; ; failed++) {
      try {
        return requireArrived(sendOnce(from), from);
      } catch (NoAnswerException unknown) {
        if (taskId == null
            || failed >= retry.attempts()
            || Thread.currentThread().isInterrupted()) {
          throw unknown;
        }
        Pace.sleep(retry.pause(failed), path);
        var task = task(taskId);
        if (arrived(task) > from) {
          return task;
        }
      }
    }
  }

  private UploadTask sendOnce(long from) throws IOException {
    var bytes = new byte[(int) Math.min(chunkSize, size - from)];
    content.seek(from);
    content.readFully(bytes);
    var form = new LinkedHashMap<>(fields);
    form.put("size", Long.toString(size));
    if (taskId != null) {
      form.put("upload_task_id", taskId);
    }
    form.put("file", new Upload(String.valueOf(file.getFileName()), bytes));
    var task = client.call(taking(path), Json.of(form));
    taskId = task.id();
    return requireSameFile(task);
  }

  /// Most operations answer with a list of one.
  private static Operation<UploadTask> taking(String path) {
    return Operation.json(path)
        .multipart()
        .answering((parser, client) ->
            parser.isExpectedStartArrayToken()
                ? UploadTask.SHAPE.readList(parser).get(0)
                : UploadTask.SHAPE.read(parser));
  }

  private UploadTask requireArrived(UploadTask task, long from) {
    if (arrived(task) <= from && from < size) {
      throw problem(
          "the server took a chunk but says that it has %s bytes as before"
              .formatted(arrived(task)));
    }
    return task;
  }

  /// A server that counts otherwise would put the file together wrongly.
  private UploadTask requireSameFile(UploadTask task) {
    if (task.size() != size) {
      throw problem(
          "the upload is of a file of %s bytes, but %s has %s".formatted(task.size(), file, size));
    }
    if (size > chunkSize && task.chunkSize() != chunkSize) {
      throw problem(
          "the server takes chunks of %s bytes, not of %s: see ChunkedUpload.chunkSize"
              .formatted(task.chunkSize(), chunkSize));
    }
    return task;
  }

  private UploadTask task(String id) {
    var where = Json.object("where", Json.object("id", id));
    return client.call(GET_UPLOAD_TASKS, where).stream()
        .findFirst()
        .map(this::requireSameFile)
        .orElseThrow(() -> problem("the server knows no upload task " + id));
  }

  private UploadTask ended(UploadTask last, Duration timeout) {
    var deadline = System.nanoTime() + timeout.toNanos();
    var task = last;
    var pause = Pace.ADAPTIVE.first();
    while (!task.status().equals(UploadTaskStatus.SUCCESSED)) {
      if (task.status().equals(UploadTaskStatus.FAILED)) {
        throw problem("the server can't use the file: the upload task is FAILED");
      }
      if (System.nanoTime() - deadline >= 0) {
        throw problem(
            "all has been sent, but %s later the upload task is still %s"
                .formatted(timeout, task.status()));
      }
      Pace.sleep(pause, path);
      pause = Pace.ADAPTIVE.after(pause);
      task = task(last.id());
    }
    return task;
  }

  private UploadException problem(String reason) {
    return new UploadException(path, taskId, reason);
  }

  @Override
  public void close() throws IOException {
    content.close();
  }
}
