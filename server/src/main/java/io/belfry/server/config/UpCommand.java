package io.belfry.server.config;

import io.belfry.datacenter.SeedCopy;
import io.belfry.datacenter.SimulationSize;
import io.belfry.hypervisor.simulator.SimulationSpeed;
import io.belfry.postgres.PostgresSettings;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.problem.ProblemException;
import io.belfry.server.config.ServerSettings.Secret;
import io.belfry.server.http.HttpLimits;
import io.belfry.server.observe.Logging;
import io.belfry.server.tls.TlsSource;
import io.belfry.store.database.DatabaseLocation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The options of `belfry up`. Each can also be set in the environment and in the configuration
/// file; what is nearer to the caller wins.
public final class UpCommand {
  private static final String CONFIG = "--config";
  private static final String SELF_SIGNED = "self-signed";
  private static final String NO_SIMULATION = "none";
  private static final Pattern TIME = Pattern.compile("([1-9][0-9]{0,5})([dhm])");

  /// Longer than any database will be used.
  private static final Duration FOREVER = Duration.ofDays(36_500);

  private static final List<OptionSpec> OPTIONS =
      List.of(
          option("--port", "8080", "PORT", "where to listen; 0 for any free port"),
          option("--bind", "127.0.0.1", "ADDRESS", "which address to listen on; 0.0.0.0 for all"),
          option("--data-dir", ".belfry", "FOLDER", "keeps the database and all else that stays"),
          flag("--ephemeral", "keep nothing: a new data folder, deleted at the end"),
          option("--root-password", null, "PASSWORD", "for the user root, when it is created"),
          option("--database", null, "JDBC-URL", "a PostgreSQL of yours instead of the own one"),
          option("--database-user", null, "USER", "if the URL doesn't name it"),
          option("--database-password-file", null, "FILE", "holds the database's password"),
          option("--simulate", "small", "SIZE", "small, medium, large, N-vms or none"),
          option("--seed", "1", "NUMBER", "the same seed makes the same data centre"),
          option("--speed", "fast", "SPEED", "of the simulation: instant, fast, brisk or real"),
          option("--keep-changes", "7d", "TIME", "how long changes can be read: 7d, 12h, 30m"),
          option("--keep-tasks", "forever", "TIME", "how long tasks stay that have ended"),
          tls(),
          option("--tls-certificate", null, "FILE", "certificate and chain in PEM, for HTTPS"),
          option("--tls-key", null, "FILE", "its key in PEM"),
          option("--tls-keystore", null, "FILE", "certificate and key in PKCS#12"),
          option("--tls-keystore-password-file", null, "FILE", "holds that store's password"),
          option("--max-body", "16777216", "BYTES", "the largest request body"),
          option("--max-requests", "256", "NUMBER", "requests worked on at once"),
          option("--request-timeout", "300", "SECONDS", "how long one request may take"),
          option("--leave-time", "0", "SECONDS", "how long /readyz says no before the end"),
          option("--log-format", "text", "FORMAT", "text or json"),
          flag("--debug", "log more"),
          option(CONFIG, null, "FILE", "more settings: port = 8080, one a line"));

  private UpCommand() {}

  /// The command, for help and for parsing; it does nothing by itself.
  ///
  /// @param arguments searched for the configuration file, which is read first
  public static CommandSpec spec(List<String> arguments, Map<String, String> environment) {
    var spec = CommandSpec.create().name("up").mixinStandardHelpOptions(false);
    spec.usageMessage()
        .description("Starts the server with a simulated data centre.")
        .sortOptions(false)
        .footer(
            "",
            "Each option can also be set as BELFRY_DATA_DIR (for --data-dir) in the environment,",
            "or as data-dir = … in the file that --config names. The command line wins, then the",
            "environment.");
    OPTIONS.forEach(option -> spec.addOption(OptionSpec.builder(option).build()));
    spec.addOption(
        OptionSpec.builder("--help", "-h").usageHelp(true).description("this text").build());
    spec.defaultValueProvider(new Defaults(environment, file(arguments, environment)));
    return spec;
  }

  /// The settings that a parsed command line asks for.
  ///
  /// @param ephemeral the folder to use with `--ephemeral`
  /// @throws ProblemException naming the option whose value can't be used
  public static ServerSettings settings(CommandSpec spec, FolderSource ephemeral) {
    var values = new Values(spec);
    var folder = values.has("--ephemeral") ? ephemeral.get() : values.path("--data-dir");
    var bind = values.text("--bind");
    var simulation =
        new ServerSettings.Simulation(
            simulation(values.text("--simulate")),
            values.longNumber("--seed"),
            values.constant("--speed", SimulationSpeed.values()));
    return new ServerSettings(
        new ServerSettings.Listen(
            address(bind),
            values.number("--port", 0, 65_535),
            tls(values, folder, bind),
            limits(values)),
        folder,
        database(values, folder, simulation),
        simulation,
        new ServerSettings.Retention(
            values.time("--keep-changes").orElse(FOREVER), values.time("--keep-tasks")),
        values.find("--root-password").map(Secret::new),
        new ServerSettings.Log(
            values.constant("--log-format", Logging.Format.values()), values.has("--debug")));
  }

  /// Makes a folder when one is needed.
  @FunctionalInterface
  public interface FolderSource {
    Path get();
  }

  private static Map<String, String> file(List<String> arguments, Map<String, String> environment) {
    var path =
        configArgument(arguments).or(() -> Optional.ofNullable(environment.get("BELFRY_CONFIG")));
    return path.map(name -> Defaults.file(Path.of(name), keys())).orElse(Map.of());
  }

  private static Optional<String> configArgument(List<String> arguments) {
    for (var i = 0; i < arguments.size(); i++) {
      var argument = arguments.get(i);
      if (argument.startsWith(CONFIG + "=")) {
        return Optional.of(argument.substring(CONFIG.length() + 1));
      }
      if (argument.equals(CONFIG) && i + 1 < arguments.size()) {
        return Optional.of(arguments.get(i + 1));
      }
    }
    return Optional.empty();
  }

  private static List<String> keys() {
    return OPTIONS.stream()
        .map(option -> option.longestName().substring(2))
        .filter(key -> !key.equals("config"))
        .toList();
  }

  private static InetAddress address(String name) {
    try {
      return InetAddress.getByName(name);
    } catch (UnknownHostException e) {
      throw refused("--bind", name, "an address of this machine, such as 127.0.0.1 or 0.0.0.0");
    }
  }

  private static HttpLimits limits(Values values) {
    return HttpLimits.DEFAULT
        .withBodyBytes(values.number("--max-body", 1, 1 << 30))
        .withConcurrentRequests(values.number("--max-requests", 1, 100_000))
        .withRequestTime(Duration.ofSeconds(values.number("--request-timeout", 1, 86_400)))
        .withLeaveTime(Duration.ofSeconds(values.number("--leave-time", 0, 3_600)));
  }

  private static DatabaseLocation database(
      Values values, Path folder, ServerSettings.Simulation simulation) {
    var url = values.find("--database");
    if (url.isEmpty()) {
      return values.has("--ephemeral")
          ? new DatabaseLocation.Ephemeral(
              folder,
              PostgresSettings.DEFAULT,
              BuildFingerprint.ofTables().orElse(null),
              keptRows(simulation).orElse(null))
          : new DatabaseLocation.Embedded(folder, PostgresSettings.DEFAULT);
    }
    var password = values.find("--database-password-file").map(UpCommand::firstLine);
    return new DatabaseLocation.External(
        url.get(), values.find("--database-user").orElse(null), password.orElse(null));
  }

  /// The data centres that tests use: larger ones take more space than they are worth.
  private static Optional<String> keptRows(ServerSettings.Simulation simulation) {
    return simulation
        .size()
        .filter(SeedCopy::isTaken)
        .flatMap(size ->
            BuildFingerprint.ofRows()
                .map(build -> "%s-vms-%s-%s".formatted(size.vms(), simulation.seed(), build)));
  }

  private static Optional<SimulationSize> simulation(String text) {
    if (text.equals(NO_SIMULATION)) {
      return Optional.empty();
    }
    try {
      return Optional.of(SimulationSize.parse(text));
    } catch (IllegalArgumentException e) {
      throw refused("--simulate", text, "small, medium, large, none, or 1-vms to 100000-vms");
    }
  }

  private static Optional<TlsSource> tls(Values values, Path folder, String bind) {
    var certificate = values.find("--tls-certificate");
    var key = values.find("--tls-key");
    if (certificate.isPresent() != key.isPresent()) {
      throw refused("--tls-certificate and --tls-key", "only one of them", "both");
    }
    if (certificate.isPresent()) {
      return Optional.of(new TlsSource.Pem(Path.of(certificate.get()), Path.of(key.orElseThrow())));
    }
    var store = values.find("--tls-keystore");
    if (store.isPresent()) {
      var password = values.find("--tls-keystore-password-file").map(UpCommand::firstLine);
      return Optional.of(new TlsSource.KeyStoreFile(Path.of(store.get()), password.orElse("")));
    }
    return values.find("--tls").map(choice -> selfSigned(choice, folder, bind));
  }

  private static TlsSource selfSigned(String choice, Path folder, String bind) {
    if (!choice.equals(SELF_SIGNED)) {
      throw refused(
          "--tls", choice, "self-signed; with files of yours, --tls-certificate and --tls-key");
    }
    return new TlsSource.SelfSigned(folder, bind);
  }

  private static String firstLine(String file) {
    try {
      return Files.readString(Path.of(file)).lines().findFirst().orElse("");
    } catch (IOException e) {
      throw new ProblemException(
          new Problem(
              ProblemCode.PRECONDITION,
              "The password can't be read from %s: %s".formatted(file, e)),
          e);
    }
  }

  private static ProblemException refused(String option, String value, String wanted) {
    return new Problem(
            ProblemCode.OUT_OF_RANGE,
            "%s is %s: it must be %s".formatted(option, value, wanted),
            Map.of("option", option))
        .asException();
  }

  private static OptionSpec option(
      String name, @Nullable String defaultValue, String label, String description) {
    var option =
        OptionSpec.builder(name)
            .type(String.class)
            .arity("1")
            .paramLabel(label)
            .description(
                defaultValue == null
                    ? description
                    : description + " (default: " + defaultValue + ")");
    if (defaultValue != null) {
      option.defaultValue(defaultValue);
    }
    return option.build();
  }

  private static OptionSpec flag(String name, String description) {
    return OptionSpec.builder(name).type(boolean.class).arity("0").description(description).build();
  }

  private static OptionSpec tls() {
    return OptionSpec.builder("--tls")
        .type(String.class)
        .arity("0..1")
        .fallbackValue(SELF_SIGNED)
        .paramLabel(SELF_SIGNED)
        .description("answer HTTPS with a certificate that signs itself")
        .build();
  }

  /// The values of a parsed command line.
  private record Values(CommandSpec spec) {
    Optional<String> find(String option) {
      String value = spec.findOption(option).getValue();
      return Optional.ofNullable(value);
    }

    String text(String option) {
      return find(option).orElseThrow();
    }

    Path path(String option) {
      return Path.of(text(option));
    }

    boolean has(String option) {
      Boolean value = spec.findOption(option).getValue();
      return Boolean.TRUE.equals(value);
    }

    int number(String option, int least, int most) {
      var number = longNumber(option);
      if (number < least || number > most) {
        throw refused(option, text(option), "a number from %s to %s".formatted(least, most));
      }
      return (int) number;
    }

    long longNumber(String option) {
      try {
        return Long.parseLong(text(option));
      } catch (NumberFormatException e) {
        throw refused(option, text(option), "a whole number");
      }
    }

    /// A time such as `7d`, `12h` or `30m`; nothing for `forever`.
    Optional<Duration> time(String option) {
      var text = text(option);
      if (text.equals("forever")) {
        return Optional.empty();
      }
      var form = TIME.matcher(text);
      if (!form.matches()) {
        throw refused(option, text, "a time such as 7d, 12h or 30m, or forever");
      }
      var count = Long.parseLong(form.group(1));
      return Optional.of(
          switch (form.group(2)) {
            case "d" -> Duration.ofDays(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofMinutes(count);
          });
    }

    <E extends Enum<E>> E constant(String option, E[] constants) {
      var text = text(option);
      return Arrays.stream(constants)
          .filter(constant -> name(constant).equals(text))
          .findFirst()
          .orElseThrow(() ->
              refused(
                  option,
                  text,
                  String.join(" or ", Arrays.stream(constants).map(Values::name).toList())));
    }

    private static String name(Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT);
    }
  }
}
