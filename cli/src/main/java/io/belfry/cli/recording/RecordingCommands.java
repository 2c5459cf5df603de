package io.belfry.cli.recording;

import io.belfry.cli.command.Command;
import io.belfry.cli.command.Invocation;
import io.belfry.cli.shell.ExitCode;
import io.belfry.cli.shell.Failure;
import io.belfry.recording.Comparison;
import io.belfry.recording.RecordedCall;
import io.belfry.recording.Recorder;
import io.belfry.recording.Recording;
import io.belfry.recording.Replay;
import io.belfry.sdk.Json;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `belfry recording record|replay|diff`.
public final class RecordingCommands {
  private static final String PORT = "--port";
  private static final String VALUES = "--values";
  private static final Duration LONG = Duration.ofHours(1);

  private RecordingCommands() {}

  public static CommandSpec spec() {
    var spec = CommandSpec.create().name("recording");
    spec.usageMessage()
        .description(
            "Records what programs ask a server and what it answers, answers from a recording"
                + " without the server, and compares recordings.");
    for (var verb : List.of(new RecordVerb(), new ReplayVerb(), new DiffVerb())) {
      var sub = verb.spec();
      spec.addSubcommand(sub.name(), sub);
    }
    return spec;
  }

  private static CommandSpec named(Command command, String name, String description) {
    var spec = CommandSpec.wrapWithoutInspection(command).name(name);
    spec.usageMessage().description(description);
    return spec;
  }

  private static PositionalParamSpec file(int index, String label, String description) {
    return PositionalParamSpec.builder()
        .index(String.valueOf(index))
        .paramLabel(label)
        .arity("1")
        .type(String.class)
        .description(description)
        .build();
  }

  private static OptionSpec port() {
    return OptionSpec.builder(PORT)
        .paramLabel("PORT")
        .type(String.class)
        .arity("1")
        .description("Where to listen on 127.0.0.1; any free port if not given.")
        .build();
  }

  private static int port(Invocation invocation) {
    var port = invocation.flag(PORT) ? invocation.number(PORT, 0) : 0;
    if (port > 65_535) {
      throw Failure.usage("%s must be at most 65535, not %s".formatted(PORT, port));
    }
    return (int) port;
  }

  private static Path file(Invocation invocation, int index) {
    return Path.of(invocation.given().matchedPositional(index).<String>getValue());
  }

  private static Recording recording(Invocation invocation, int index) {
    var file = file(invocation, index);
    try {
      return Recording.read(file);
    } catch (NoSuchFileException missing) {
      throw Failure.usage("there is no file " + file);
    } catch (IOException unreadable) {
      throw Failure.usage(String.valueOf(unreadable.getMessage()));
    }
  }

  /// Says the address first, for whoever started the command, and stays until it is stopped.
  private static void stay(Invocation invocation, String address) {
    var surroundings = invocation.surroundings();
    surroundings.out().println(address);
    surroundings.out().flush();
    surroundings.err().flush();
    while (surroundings.terminal().pause(LONG)) {
      // until Ctrl-C
    }
  }

  private record RecordVerb() implements Command {
    @Override
    public CommandSpec spec() {
      var spec =
          named(
              this,
              "record",
              "Passes on to the server what programs say to the address that is printed, until"
                  + " Ctrl-C, and writes it to a file: one call a line, passwords and tokens left"
                  + " out. Streams of events are not passed on; programs ask again instead.");
      spec.addPositional(file(0, "FILE", "The recording to make; must not exist."));
      spec.addOption(port());
      return spec;
    }

    @Override
    public ExitCode run(Invocation invocation) {
      var file = file(invocation, 0);
      var err = invocation.surroundings().err();
      var calls = new AtomicInteger();
      var tower = invocation.server().client().configuration();
      try (var recorder =
              Recorder.start(tower, file, port(invocation), call -> told(invocation, call, calls));
          var _ =
              invocation
                  .surroundings()
                  .terminal()
                  .onInterrupt(() -> err.printf("%s calls are in %s%n", calls.get(), file))) {
        err.printf("Recording what %s is asked in %s; Ctrl-C ends it.%n", tower.host(), file);
        stay(invocation, recorder.url());
      } catch (IOException impossible) {
        throw Failure.usage(String.valueOf(impossible.getMessage()));
      }
      return ExitCode.OK;
    }

    private static void told(Invocation invocation, RecordedCall call, AtomicInteger calls) {
      calls.incrementAndGet();
      var err = invocation.surroundings().err();
      err.printf("%s %s %s ms%n", call.operation(), call.status(), call.millis());
      err.flush();
    }
  }

  private record ReplayVerb() implements Command {
    @Override
    public CommandSpec spec() {
      var spec =
          named(
              this,
              "replay",
              "Answers as the server did, at the address that is printed, until Ctrl-C. Any"
                  + " password is accepted. What was not recorded is answered 404, with what is"
                  + " different.");
      spec.addPositional(file(0, "FILE", "The recording."));
      spec.addOption(port());
      return spec;
    }

    @Override
    public ExitCode run(Invocation invocation) {
      try (var replay = Replay.start(recording(invocation, 0), port(invocation))) {
        stay(invocation, replay.url());
      } catch (IOException impossible) {
        throw Failure.usage(String.valueOf(impossible.getMessage()));
      }
      return ExitCode.OK;
    }
  }

  private record DiffVerb() implements Command {
    @Override
    public CommandSpec spec() {
      var spec =
          named(
              this,
              "diff",
              "Compares two recordings of the same program: which calls there are, their status,"
                  + " and which fields of which types the answers have.");
      spec.addPositional(file(0, "LEFT", "A recording."));
      spec.addPositional(file(1, "RIGHT", "Another one."));
      spec.addOption(
          OptionSpec.builder(VALUES)
              .type(boolean.class)
              .arity("0")
              .description("Compare the values in answers too.")
              .build());
      return spec;
    }

    @Override
    public ExitCode run(Invocation invocation) {
      var left = recording(invocation, 0);
      var right = recording(invocation, 1);
      var differences =
          invocation.flag(VALUES) ? Comparison.values(left, right) : Comparison.shapes(left, right);
      if (invocation.output().format().isForPrograms()) {
        invocation.output().value(Json.of(differences.stream().map(DiffVerb::json).toList()));
      } else {
        differences.forEach(each ->
            invocation
                .surroundings()
                .out()
                .printf("%s  %s: %s | %s%n", each.call(), each.place(), each.left(), each.right()));
      }
      return differences.isEmpty() ? ExitCode.OK : ExitCode.DIFFERENT;
    }

    private static Json json(Comparison.Difference difference) {
      return Json.object(
          "call", difference.call(),
          "place", difference.place(),
          "left", difference.left(),
          "right", difference.right());
    }
  }
}
