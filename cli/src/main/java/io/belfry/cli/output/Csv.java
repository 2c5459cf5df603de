package io.belfry.cli.output;

import java.util.List;
import java.util.stream.Collectors;

/// Lines of comma-separated values, as RFC 4180 has them.
final class Csv {
  private Csv() {}

  /// Without the end of the line.
  static String line(List<String> cells) {
    return cells.stream().map(Csv::quoted).collect(Collectors.joining(","));
  }

  private static String quoted(String cell) {
    var mustQuote = cell.chars().anyMatch(each -> ",\"\r\n".indexOf(each) >= 0);
    return mustQuote ? "\"" + cell.replace("\"", "\"\"") + "\"" : cell;
  }
}
