package io.belfry.examples.dashboard;

import java.util.List;
import java.util.Locale;

/// 定义工具方法: large numbers for people.
public final class Units {
  private static final List<String> BYTES = List.of("B", "KiB", "MiB", "GiB", "TiB", "PiB");
  private static final List<String> HERTZ = List.of("Hz", "kHz", "MHz", "GHz", "THz");

  private Units() {}

  /// `1.50 KiB`.
  public static String bytes(double amount) {
    return format(amount, 1024, BYTES);
  }

  /// `2.60 GHz`.
  public static String hertz(double amount) {
    return format(amount, 1000, HERTZ);
  }

  private static String format(double amount, int step, List<String> units) {
    var rest = Math.max(amount, 0);
    var unit = 0;
    while (rest >= step && unit < units.size() - 1) {
      rest /= step;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.2f %s", rest, units.get(unit));
  }

  public static void main(String[] args) {
    for (var each : args) {
      System.out.println(bytes(Double.parseDouble(each)));
    }
  }
}
