package io.belfry.cli.output;

import io.belfry.sdk.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// Rows as a table that fits the terminal.
final class Table {
  private static final String GAP = "  ";
  private static final int LEAST = 6;
  private static final String BOLD = "\u001b[1m";
  private static final String PLAIN = "\u001b[0m";
  private static final String CUT = "…";

  private final List<List<String>> rows = new ArrayList<>();
  private final int columns;

  Table(Columns columns, List<Json> objects) {
    this.columns = columns.columns().size();
    rows.add(columns.columns().stream().map(each -> each.path().toUpperCase(Locale.ROOT)).toList());
    for (var object : objects) {
      rows.add(
          columns.columns().stream()
              .map(each -> Cells.text(each.field(), each.value(object)))
              .toList());
    }
  }

  /// @param width how many columns of letters fit; 0 if any number does
  String text(int width, boolean coloured) {
    var widths = fitted(width);
    var text = new StringBuilder();
    for (var row = 0; row < rows.size(); row++) {
      var line = line(rows.get(row), widths);
      text.append(row == 0 && coloured ? BOLD + line + PLAIN : line).append('\n');
    }
    return text.toString();
  }

  private String line(List<String> row, int[] widths) {
    var line = new StringBuilder();
    for (var column = 0; column < columns; column++) {
      var cell = cut(row.get(column), widths[column]);
      line.append(cell);
      if (column < columns - 1) {
        line.append(" ".repeat(widths[column] - width(cell))).append(GAP);
      }
    }
    return line.toString().stripTrailing();
  }

  /// Takes from the widest column, again and again, until all fit.
  private int[] fitted(int width) {
    var widths =
        IntStream.range(0, columns)
            .map(column -> rows.stream().mapToInt(row -> width(row.get(column))).max().orElse(0))
            .toArray();
    var room = width - GAP.length() * (columns - 1);
    while (width > 0 && IntStream.of(widths).sum() > room) {
      var widest =
          IntStream.range(0, columns)
              .reduce(0, (one, other) -> widths[other] > widths[one] ? other : one);
      if (widths[widest] <= LEAST) {
        break;
      }
      widths[widest]--;
    }
    return widths;
  }

  private static String cut(String text, int width) {
    if (width(text) <= width) {
      return text;
    }
    var kept = new StringBuilder();
    var used = 0;
    for (var letter : text.codePoints().toArray()) {
      used += width(letter);
      if (used > width - 1) {
        break;
      }
      kept.appendCodePoint(letter);
    }
    return kept + CUT;
  }

  private static int width(String text) {
    return text.codePoints().map(Table::width).sum();
  }

  /// Chinese letters and the like take two columns, marks that stand above others none.
  private static int width(int letter) {
    var type = Character.getType(letter);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    var isWide =
        Character.isIdeographic(letter)
            || (letter >= 0x1100 && letter <= 0x115f)
            || (letter >= 0x2e80 && letter <= 0xa4cf)
            || (letter >= 0xac00 && letter <= 0xd7a3)
            || (letter >= 0xf900 && letter <= 0xfaff)
            || (letter >= 0xfe30 && letter <= 0xfe6f)
            || (letter >= 0xff00 && letter <= 0xff60)
            || (letter >= 0xffe0 && letter <= 0xffe6)
            || (letter >= 0x1f300 && letter <= 0x1faff);
    return isWide ? 2 : 1;
  }
}
