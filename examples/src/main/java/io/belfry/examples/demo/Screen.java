package io.belfry.examples.demo;

import java.io.PrintStream;
import java.util.Locale;

/// Where the tour is shown. A terminal sees progress as it comes; a file gets whole lines only.
final class Screen {
  private static final int BAR_WIDTH = 30;
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintStream out;
  private final boolean live;
  private int steps;

  /// @param live whether a line can be written over
  Screen(PrintStream out, boolean live) {
    this.out = out;
    this.live = live;
  }

  /// Opens the next step.
  ///
  /// @param guide what the guide calls it
  void step(String title, String guide) {
    steps++;
    out.printf("%n%s. %s  (%s)%n", steps, title, guide);
  }

  /// Says something about the step.
  void say(String text) {
    out.println("   " + text);
  }

  /// Shows how far something is, from 0 to 1.
  void progress(double fraction, String what) {
    if (live) {
      out.print(CLEAR_LINE + "   " + bar(fraction) + " " + what);
      out.flush();
    }
  }

  /// Shows that it is done.
  void done(String what) {
    if (live) {
      out.print(CLEAR_LINE);
    }
    out.println("   " + bar(1) + " " + what);
  }

  /// Shows how much of something is used.
  ///
  /// @param percent from 0 to 100
  void usage(String name, double percent, String of) {
    say(
        String.format(
            Locale.ROOT, "%-8s %s %5.1f %% of %s", name, bar(percent / 100), percent, of));
  }

  private static String bar(double fraction) {
    var full = (int) Math.round(BAR_WIDTH * Math.clamp(fraction, 0, 1));
    return "[" + "#".repeat(full) + ".".repeat(BAR_WIDTH - full) + "]";
  }

  /// Shows text as it is.
  void text(String text) {
    out.println(text);
  }
}
