package io.belfry.server;

import io.belfry.postgres.EphemeralFolder;
import io.belfry.problem.Nearest;
import io.belfry.problem.ProblemException;
import io.belfry.server.config.ServerSettings;
import io.belfry.server.config.UpCommand;
import io.belfry.server.observe.Logging;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// The command `belfry`.
///
/// Exit codes: 0 when it was stopped, 1 when the server can't start or stop, 2 when the command
/// line is wrong. A JVM that ends by SIGTERM has 143 of its own; as a server that stops on request
/// has done its work, the shutdown hook ends the process with 0 instead.
public final class Main {
  /// What [#run] returns while a server goes on running.
  static final int RUNNING = -1;

  private static final int NEAREST = 2;
  private static final String USAGE =
      """
      Usage: belfry up [OPTION...]

        up         starts the server; belfry up --help lists its options
        --version  tells the version
        --help     this text
      """;

  private final PrintStream out;
  private final PrintStream err;

  Main(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  public static void main(String[] arguments) {
    Logging.configure(Logging.Format.TEXT, false); // the JDK logs every exit, at debug
    var exitCode = new Main(System.out, System.err).run(Arrays.asList(arguments), System.getenv());
    if (exitCode != RUNNING) {
      System.exit(exitCode);
    }
  }

  /// Does what the arguments say.
  int run(List<String> arguments, Map<String, String> environment) {
    var command = arguments.isEmpty() ? "--help" : arguments.getFirst();
    var rest = arguments.isEmpty() ? arguments : arguments.subList(1, arguments.size());
    return switch (command) {
      case "up" -> guarded(() -> up(rest, environment));
      case "train" -> guarded(() -> Training.run(environment));
      case "--version", "version" -> say("Belfry " + version() + ", API " + Platform.API_VERSION);
      case "--help", "-h", "help" -> say(USAGE);
      default -> refuse("there is no command " + command + "; belfry --help lists all");
    };
  }

  private interface Command {
    int run();
  }

  private int guarded(Command command) {
    try {
      return command.run();
    } catch (UnmatchedArgumentException e) {
      return refuse(unknown(e) + "; belfry up --help lists all options");
    } catch (ParameterException e) {
      return refuse(e.getMessage() + "; belfry up --help lists all options");
    } catch (ProblemException e) {
      err.println("belfry: " + e.getMessage());
      return 1;
    }
  }

  private static String unknown(UnmatchedArgumentException e) {
    var wrong = e.getUnmatched().getFirst().split("=", 2)[0];
    var known = e.getCommandLine().getCommandSpec().optionsMap().keySet();
    var nearest = Nearest.names(wrong, known, NEAREST);
    var hint = nearest.isEmpty() ? "" : "; did you mean " + String.join(" or ", nearest) + "?";
    return "there is no option " + wrong + hint;
  }

  private int up(List<String> arguments, Map<String, String> environment) {
    var spec = UpCommand.spec(arguments, environment);
    var parsed = new CommandLine(spec).parseArgs(arguments.toArray(String[]::new));
    if (parsed.isUsageHelpRequested()) {
      return say(usage(spec));
    }
    var ephemeral = new EphemeralFolder();
    var settings = UpCommand.settings(spec, ephemeral::create);
    Logging.configure(settings.log().format(), settings.log().detailed());
    try {
      var platform = Platform.start(settings);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(platform, ephemeral)));
      tellReady(settings, platform);
      return RUNNING;
    } catch (RuntimeException | Error e) {
      ephemeral.delete();
      throw e;
    }
  }

  private static String usage(CommandSpec spec) {
    return new CommandLine(spec).getUsageMessage().replaceFirst("Usage: up", "Usage: belfry up");
  }

  private void tellReady(ServerSettings settings, Platform platform) {
    var scheme = settings.listen().tls().isPresent() ? "https" : "http";
    var address = settings.listen().address();
    var host = address.isAnyLocalAddress() ? "127.0.0.1" : address.getHostAddress();
    var url =
        "%s://%s:%s/v2/api"
            .formatted(scheme, host.contains(":") ? "[" + host + "]" : host, platform.port());
    out.println("Belfry is ready: " + url + "  user root" + password(platform));
    out.flush();
  }

  private static String password(Platform platform) {
    return platform
        .createdRoot()
        .flatMap(root -> root.file().map(file -> passwordInFile(root.value(), file)))
        .orElse("");
  }

  private static String passwordInFile(String value, Path file) {
    return "  password %s  (also in %s)".formatted(value, file);
  }

  private void stop(Platform platform, EphemeralFolder ephemeral) {
    var exitCode = 1;
    try {
      platform.close();
      ephemeral.delete();
      exitCode = 0;
    } finally {
      out.flush();
      Runtime.getRuntime().halt(exitCode);
    }
  }

  private static String version() {
    var version = Main.class.getPackage().getImplementationVersion();
    return version == null ? "(unpackaged)" : version;
  }

  private int say(String text) {
    out.println(text.stripTrailing());
    return 0;
  }

  private int refuse(String message) {
    err.println("belfry: " + message);
    return 2;
  }
}
