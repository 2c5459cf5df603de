package io.belfry.reliability.crash;

import java.util.ArrayDeque;
import java.util.List;

/// The command `reliability-tests/crash`: one run, printed as it goes.
public final class Crash {
  private static final String USAGE =
      """
      Usage: reliability-tests/crash [OPTION...]

      Strikes servers under load, many times, and looks for broken promises. Prints a line a blow
      and a table at the end; ends early, with code 1, when it finds something.

        --kills N     how many blows (default: 25)
        --seed N      decides blows and wishes (default: another one each time, printed)
        --tenants N   how many clients, each with several tasks at once (default: 6)
        --replicas N  how many servers share the database (default: 1): blows hit one of them, all,
                      or the database, and clients go on with another one
        --faults      the simulated hypervisor is slow, breaks off before and after effects, fails,
                      and refuses, now and then
        --help        this text
      """;

  private Crash() {}

  public static void main(String[] arguments) throws Exception {
    if (List.of(arguments).contains("--help")) {
      System.out.print(USAGE);
      return;
    }
    var summary = new CrashRun(settings(arguments), System.out::println).run();
    System.out.println(summary.text());
    System.exit(summary.violations().isEmpty() ? 0 : 1);
  }

  private static CrashSettings settings(String... arguments) {
    var settings = CrashSettings.of(25, System.nanoTime() & 0xffff);
    var words = new ArrayDeque<>(List.of(arguments));
    while (!words.isEmpty()) {
      var option = words.pop();
      settings =
          switch (option) {
            case "--kills" -> settings.withKills(number(option, words));
            case "--seed" -> settings.withSeed(number(option, words));
            case "--tenants" -> settings.withTenants(number(option, words));
            case "--replicas" -> settings.withReplicas(number(option, words));
            case "--faults" -> settings.withFaults();
            default ->
                throw new IllegalArgumentException(
                    "no such option: %s%n%s".formatted(option, USAGE));
          };
    }
    return settings;
  }

  private static int number(String option, ArrayDeque<String> words) {
    var value = words.isEmpty() ? "" : words.pop();
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("%s needs a number, not '%s'".formatted(option, value), e);
    }
  }
}
