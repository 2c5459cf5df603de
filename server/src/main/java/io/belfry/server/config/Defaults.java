package io.belfry.server.config;

import io.belfry.problem.Nearest;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Values of options that the command line leaves out: from the environment (`BELFRY_DATA_DIR` for
/// `--data-dir`), else from the configuration file (`data-dir = …`).
final class Defaults implements IDefaultValueProvider {
  private static final String PREFIX = "BELFRY_";
  private static final int NEAREST = 3;

  private final Map<String, String> environment;
  private final Map<String, String> file;

  Defaults(Map<String, String> environment, Map<String, String> file) {
    this.environment = Map.copyOf(environment);
    this.file = Map.copyOf(file);
  }

  /// Reads a configuration file: one `key = value` a line, the keys being options without dashes.
  ///
  /// @throws ProblemException naming the first key that is no option, with the nearest ones
  static Map<String, String> file(Path path, Collection<String> known) {
    var properties = new Properties();
    try (var in = Files.newBufferedReader(path)) {
      properties.load(in);
    } catch (IOException | IllegalArgumentException e) {
      throw new ProblemException(
          new Problem(
              ProblemCode.PRECONDITION,
              "The configuration file %s can't be read: %s".formatted(path, e)),
          e);
    }
    var values = new HashMap<String, String>();
    for (var key : properties.stringPropertyNames()) {
      if (!known.contains(key)) {
        throw unknownKey(path, key, known);
      }
      values.put(key, properties.getProperty(key).strip());
    }
    return values;
  }

  private static ProblemException unknownKey(Path path, String key, Collection<String> known) {
    var nearest = Nearest.names(key, known, NEAREST);
    var hint = nearest.isEmpty() ? "" : "; did you mean " + String.join(" or ", nearest) + "?";
    return new Problem(
            ProblemCode.UNKNOWN_FIELD,
            "%s: there is no setting %s%s".formatted(path, key, hint),
            Map.of("key", key, "nearest", nearest))
        .asException();
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option)) {
      return null;
    }
    var key = option.longestName().substring(2);
    var fromEnvironment = environment.get(PREFIX + key.toUpperCase(Locale.ROOT).replace('-', '_'));
    if (fromEnvironment != null && !fromEnvironment.isEmpty()) {
      return fromEnvironment;
    }
    return file.getOrDefault(key, option.defaultValue());
  }
}
