package io.belfry.cli.shell;

import io.belfry.sdk.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/// A command can't do what it was asked for. The message is for people; the details are for
/// programs, which read them with `-o json`.
public final class Failure extends RuntimeException {
  private final ExitCode exitCode;
  private final transient Map<String, Json> details = new LinkedHashMap<>();

  public Failure(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /// The command was not written as it must be.
  public static Failure usage(String message) {
    return new Failure(ExitCode.USAGE, message);
  }

  /// Adds something that programs may want to know.
  public Failure with(String key, Json value) {
    details.put(key, value);
    return this;
  }

  public ExitCode exitCode() {
    return exitCode;
  }

  public Map<String, Json> details() {
    return Map.copyOf(details);
  }
}
