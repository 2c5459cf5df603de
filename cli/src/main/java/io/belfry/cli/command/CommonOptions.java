package io.belfry.cli.command;

import io.belfry.cli.output.Format;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.OptionSpec;

/// The options that several commands have.
public final class CommonOptions {
  private CommonOptions() {}

  /// Those of every command.
  public static List<OptionSpec> everywhere() {
    var formats =
        Arrays.stream(Format.values()).map(each -> each.name().toLowerCase(Locale.ROOT)).toList();
    return List.of(
        OptionSpec.builder("-o", "--output")
            .paramLabel("FORMAT")
            .type(String.class)
            .arity("1")
            .completionCandidates(formats)
            .description("How to write the answer: " + String.join(", ", formats) + ".")
            .build(),
        text("--context", "NAME", "The context to use instead of the current one."),
        flag("--explain", "Show each call as one for curl on standard error."),
        OptionSpec.builder("-h", "--help")
            .usageHelp(true)
            .type(boolean.class)
            .arity("0")
            .description("Show this text.")
            .build());
  }

  /// Those of commands that change something.
  public static List<OptionSpec> changing() {
    return List.of(
        flag("--dry-run", "Show what would be touched and sent, and change nothing."),
        flag("--yes", "Don't ask before taking something away."));
  }

  /// Those of commands whose answer holds tasks.
  public static List<OptionSpec> waiting() {
    return List.of(
        flag("--no-wait", "Don't wait for the tasks; show their ids."),
        text("--timeout", "SECONDS", "How long to wait for the tasks (default: 3600)."));
  }

  /// Those of lists.
  public static List<OptionSpec> listing() {
    return List.of(
        where(),
        OptionSpec.builder("--order")
            .paramLabel("FIELD[:desc]")
            .type(String.class)
            .arity("1")
            .description("The field to order by.")
            .build(),
        text("--first", "COUNT", "No more than so many, from the start (default: all)."),
        text("--last", "COUNT", "No more than so many, from the end."),
        text("--skip", "COUNT", "Leave out so many."),
        text("--after", "ID", "Begin after this object."),
        text("--before", "ID", "End before this object."));
  }

  public static OptionSpec where() {
    return text(
        "--where",
        "CONDITION",
        "Those that meet a condition, such as: status = RUNNING and vcpu > 4");
  }

  public static OptionSpec json() {
    return text(
        "--json",
        "BODY",
        "The request's body, which other options change: JSON, @FILE, or - for standard input.");
  }

  public static OptionSpec columns() {
    return OptionSpec.builder("--columns")
        .paramLabel("FIELD")
        .type(List.class)
        .auxiliaryTypes(String.class)
        .splitRegex(",")
        .arity("1")
        .description("The columns to show, such as: name,cluster.name")
        .build();
  }

  public static OptionSpec text(String name, String label, String description) {
    return OptionSpec.builder(name)
        .paramLabel(label)
        .type(String.class)
        .arity("1")
        .description(escaped(description))
        .build();
  }

  public static OptionSpec flag(String name, String description) {
    return OptionSpec.builder(name).type(boolean.class).arity("0").description(description).build();
  }

  /// Keeps picocli from taking percent signs for formats, and `@|` for styles.
  public static String escaped(String text) {
    return text.replace("%", "%%");
  }
}
