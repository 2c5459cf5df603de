package io.belfry.reliability.crash;

/// The command `reliability-tests/crash`: one run, printed as it goes.
///
/// `--kills 1000` says how many, `--seed 42` which plan, `--tenants 6` how much load.
public final class Crash {
  private Crash() {}

  public static void main(String[] arguments) throws Exception {
    var kills = 25L;
    var seed = System.nanoTime() & 0xffff;
    var tenants = 6L;
    for (var i = 0; i < arguments.length; i += 2) {
      var value = i + 1 < arguments.length ? arguments[i + 1] : "";
      switch (arguments[i]) {
        case "--kills" -> kills = number("--kills", value);
        case "--seed" -> seed = number("--seed", value);
        case "--tenants" -> tenants = number("--tenants", value);
        default ->
            throw new IllegalArgumentException(
                "no such option: %s; there are --kills, --seed, --tenants".formatted(arguments[i]));
      }
    }
    var settings = CrashSettings.of(Math.toIntExact(kills), seed, Math.toIntExact(tenants));
    var summary = new CrashRun(settings, System.out::println).run();
    System.out.println(summary.text());
    System.exit(summary.violations().isEmpty() ? 0 : 1);
  }

  private static long number(String option, String value) {
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("%s needs a number, not '%s'".formatted(option, value), e);
    }
  }
}
