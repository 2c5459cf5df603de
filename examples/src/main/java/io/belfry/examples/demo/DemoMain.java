package io.belfry.examples.demo;

import io.belfry.examples.Program;
import io.belfry.examples.Server;
import io.belfry.sdk.ApiException;
import java.io.Console;
import java.util.Optional;

/// Walks the guide's tour in the terminal, step by step. Ends with status 0 if all went well, and
/// otherwise says what did not.
public final class DemoMain {
  private static final int FAILED = 1;
  private static final int WRONG_ARGUMENTS = 2;

  private DemoMain() {}

  /// @param args URL, user and password; if there are none, `BELFRY_URL`, `BELFRY_USER` and
  ///   `BELFRY_PASSWORD` say them
  public static void main(String[] args) {
    var isLive = Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    var screen = new Screen(System.out, isLive);
    try {
      walk(server(args), screen);
    } catch (ApiException | IllegalStateException e) {
      System.err.println("The tour ends here.");
      Program.exit(FAILED, e);
    } catch (IllegalArgumentException e) {
      Program.exit(WRONG_ARGUMENTS, e);
    }
  }

  private static Server server(String[] args) {
    return switch (args.length) {
      case 0 -> Server.fromEnvironment();
      case 3 -> new Server(args[0], args[1], args[2]);
      default ->
          throw new IllegalArgumentException(
              "the demo takes URL, user and password, or nothing if the environment has them");
    };
  }

  /// Walks the tour and says what to try next.
  static void walk(Server server, Screen screen) {
    try (var client = server.connect()) {
      new Tour(client, screen).walk();
    }
    screen.text(NextSteps.text(server));
  }
}
