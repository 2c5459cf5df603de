package io.belfry.cli.operation;

import io.belfry.cli.catalogue.Catalogue;
import io.belfry.cli.catalogue.OperationEntry;
import io.belfry.cli.command.Invocation;
import io.belfry.cli.shell.Failure;
import io.belfry.sdk.ChunkedUpload;
import io.belfry.sdk.Json;
import io.belfry.sdk.Operation;
import io.belfry.sdk.UploadException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;

/// Sends a file of any size, chunk by chunk, and shows how far it is.
record Uploading(Invocation invocation, OperationEntry operation) {
  private static final String FILE = "file";
  private static final String NAME = "name";
  private static final String TASK = "upload_task_id";

  /// Whether an operation takes files in chunks, by what it wants to know.
  static boolean isTakenBy(OperationEntry operation, Catalogue catalogue) {
    var sent = operation.sent();
    return sent != null
        && operation.encoding() == Operation.Encoding.MULTIPART
        && catalogue.definition(sent).field(TASK).isPresent();
  }

  /// @param body what was given, with the file's path where the file belongs
  /// @return the upload task
  Json send(Json body) {
    var file = Path.of(body.get(FILE).asText());
    var fields = new LinkedHashMap<>(body.fields());
    fields.remove(FILE);
    if (fields.containsKey("size") || fields.containsKey("size_unit")) {
      throw Failure.usage("--size and --size-unit say what the file itself says: leave them out");
    }
    var upload = ChunkedUpload.of(invocation.server().client(), file).onProgress(this::show);
    var name = fields.remove(NAME);
    if (name != null) {
      upload.name(name.asText());
    }
    var task = fields.remove(TASK);
    if (task != null) {
      upload.resume(task.asText());
    }
    try {
      return upload.to(operation.path(), Json.of(fields)).json();
    } catch (IOException unreadable) {
      throw Failure.usage("--file: can't read %s: %s".formatted(file, unreadable.getMessage()));
    } catch (UploadException interrupted) {
      if (interrupted.uploadTaskId() != null) {
        invocation
            .surroundings()
            .err()
            .printf(
                "What has arrived is kept: add --upload-task-id %s to go on.%n",
                interrupted.uploadTaskId());
      }
      throw interrupted;
    }
  }

  private void show(ChunkedUpload.Progress progress) {
    var surroundings = invocation.surroundings();
    var isLive = surroundings.terminal().showsErrors();
    var isEnd = progress.arrived() == progress.size();
    if (isLive || isEnd) {
      surroundings
          .err()
          .printf(
              Locale.ROOT,
              "%s%3d %% of %s bytes%s",
              isLive ? "\r" : "",
              progress.percent(),
              progress.size(),
              isEnd ? "\n" : "");
      surroundings.err().flush();
    }
  }
}
