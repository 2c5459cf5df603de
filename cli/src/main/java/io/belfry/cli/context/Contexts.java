package io.belfry.cli.context;

import io.belfry.cli.shell.ExitCode;
import io.belfry.cli.shell.Failure;
import io.belfry.cli.shell.Surroundings;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.Profile;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The servers that somebody has logged in to, each a profile of the SDK in a file that only its
/// owner can read, and which of them is in use. See [Profile] for the variables that go before
/// them.
public final class Contexts {
  /// Its warnings are for programs: who types `--insecure` has read what it means. Kept here,
  /// because a logger that nobody keeps forgets its level.
  private static final Logger SDK_LOG = Logger.getLogger("io.belfry.sdk");

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
  private static final String ENDING = ".properties";
  private static final String PROFILE = "BELFRY_PROFILE";
  private static final String URL = "BELFRY_URL";

  private final Map<String, String> environment;
  private final Path folder;

  private Contexts(Map<String, String> environment, Path folder) {
    this.environment = environment;
    this.folder = folder;
  }

  public static Contexts of(Surroundings surroundings) {
    var environment = surroundings.environment();
    var config = environment.getOrDefault("XDG_CONFIG_HOME", "");
    var home = environment.getOrDefault("HOME", System.getProperty("user.home"));
    var base = config.isEmpty() ? Path.of(home, ".config") : Path.of(config);
    return new Contexts(environment, base.resolve("belfry"));
  }

  /// A client for the context that was asked for, or that the environment says, or that is in use.
  ///
  /// @param asked the context that was asked for; null for any
  /// @throws Failure if no server is known, or the context makes no sense
  public ApiClient connect(@Nullable String asked) {
    return connect(variables(asked));
  }

  /// A client where and as variables of the SDK say.
  ///
  /// @throws Failure if they make no sense
  public static ApiClient connect(Map<String, String> variables) {
    SDK_LOG.setLevel(Level.SEVERE);
    try {
      var profile = Profile.of(variables);
      return ApiClient.connect(profile.configuration(), profile.credentials());
    } catch (IllegalArgumentException senseless) {
      throw Failure.usage(String.valueOf(senseless.getMessage()));
    }
  }

  /// A server that is named by a variable is never sent the token of another one.
  private Map<String, String> variables(@Nullable String asked) {
    var variables = new HashMap<>(environment);
    if (asked != null) {
      requireKnown(asked);
      variables.keySet().removeIf(each -> each.startsWith("BELFRY_"));
      variables.put(PROFILE, asked);
    } else if (!isSet(PROFILE) && !isSet(URL)) {
      variables.put(PROFILE, requireKnown(current()));
    }
    return variables;
  }

  private boolean isSet(String variable) {
    return !environment.getOrDefault(variable, "").isEmpty();
  }

  private String requireKnown(@Nullable String name) {
    if (name == null) {
      throw new Failure(
          ExitCode.UNAUTHORIZED,
          "no server is known yet: 'belfry login URL' asks for a user and keeps the login,"
              + " or set BELFRY_URL, BELFRY_USER and BELFRY_PASSWORD");
    }
    if (!Files.exists(file(name))) {
      throw Failure.usage(
          "there is no context '%s', only %s".formatted(name, String.join(", ", names())));
    }
    return name;
  }

  /// The names of all contexts.
  public List<String> names() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files
          .map(each -> String.valueOf(each.getFileName()))
          .filter(each -> each.endsWith(ENDING))
          .map(each -> each.substring(0, each.length() - ENDING.length()))
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /// The context in use; absent if none is.
  public @Nullable String current() {
    try {
      var file = folder.resolve("current");
      return Files.exists(file) ? Files.readString(file).strip() : null;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /// What a context holds, secrets included.
  public Map<String, String> values(String name) {
    var read = new Properties();
    try (var text = Files.newBufferedReader(file(requireKnown(name)))) {
      read.load(text);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    var values = new HashMap<String, String>();
    read.stringPropertyNames().forEach(key -> values.put(key, read.getProperty(key)));
    return values;
  }

  /// Keeps a context, and uses it from now on.
  public void save(String name, Map<String, String> values) {
    var properties = new Properties();
    properties.putAll(values);
    var text = new StringWriter();
    try {
      properties.store(text, null);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    write(file(name), text.toString());
    write(folder.resolve("current"), name + "\n");
  }

  /// Uses a context from now on.
  public void use(String name) {
    write(folder.resolve("current"), requireKnown(name) + "\n");
  }

  /// Forgets a context, its token included.
  public void remove(String name) {
    try {
      Files.delete(file(requireKnown(name)));
      if (name.equals(current())) {
        Files.delete(folder.resolve("current"));
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private Path file(String name) {
    if (!NAME.matcher(name).matches()) {
      throw Failure.usage(
          "a context's name must have letters, digits, dots and dashes only, not '%s'"
              .formatted(name));
    }
    return folder.resolve(name + ENDING);
  }

  /// All or nothing, and for nobody else's eyes from the first byte on.
  private void write(Path file, String text) {
    try {
      Files.createDirectories(folder);
      var isPosix = Files.getFileStore(folder).supportsFileAttributeView("posix");
      var own = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
      var written =
          isPosix
              ? Files.createTempFile(folder, ".new", "", own)
              : Files.createTempFile(folder, ".new", "");
      Files.writeString(written, text);
      Files.move(
          written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failed) {
      throw new UncheckedIOException("can't write " + file, failed);
    }
  }
}
