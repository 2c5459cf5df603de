package io.belfry.cli.command;

import java.time.Duration;
import picocli.CommandLine.Model.OptionSpec;

/// Showing something again and again, until Ctrl-C.
public final class Watch {
  private static final String OPTION = "--watch";
  private static final String CLEAR = "\u001b[H\u001b[2J";

  private Watch() {}

  public static OptionSpec option() {
    return OptionSpec.builder(OPTION)
        .paramLabel("SECONDS")
        .type(String.class)
        .arity("0..1")
        .fallbackValue("2")
        .description("Show it again and again, every 2 seconds if nothing is said.")
        .build();
  }

  /// Shows something once, or as often as the option says.
  public static void show(Invocation invocation, Runnable show) {
    if (!invocation.flag(OPTION)) {
      show.run();
      return;
    }
    var pause = Duration.ofSeconds(invocation.number(OPTION, 1));
    var surroundings = invocation.surroundings();
    do {
      if (surroundings.terminal().showsOutput()) {
        surroundings.out().print(CLEAR);
      }
      show.run();
      surroundings.out().flush();
    } while (surroundings.terminal().pause(pause));
  }
}
