package io.belfry.server;

import io.belfry.datacenter.SeedCopy;
import io.belfry.postgres.EphemeralFolder;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.problem.ProblemException;
import io.belfry.server.config.ServerSettings.Simulation;
import io.belfry.server.config.UpCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// A server in this process that keeps nothing, for tests: on a free port, with a data folder of
/// its own that goes when it is closed, and with a data centre that can be reset. Thread-safe.
public final class EphemeralServer implements AutoCloseable {
  private final Platform platform;
  private final EphemeralFolder folder;

  private EphemeralServer(Platform platform, EphemeralFolder folder) {
    this.platform = platform;
    this.folder = folder;
  }

  /// Starts a server. Nothing stays behind if it can't start.
  ///
  /// @param place where its data folder is made
  /// @param options more options of `belfry up`; the environment is not asked
  /// @throws IllegalArgumentException naming the option that is unknown
  /// @throws ProblemException naming the option whose value is wrong, or why it can't start
  public static EphemeralServer start(Path place, List<String> options) {
    var folder = new EphemeralFolder();
    try {
      return new EphemeralServer(start(options, () -> folder.createIn(place)), folder);
    } catch (RuntimeException | Error e) {
      folder.delete();
      throw e;
    }
  }

  private static Platform start(List<String> options, UpCommand.FolderSource folder) {
    var groundwork = Groundwork.begin();
    var all = new ArrayList<>(List.of("--ephemeral", "--port", "0"));
    all.addAll(options);
    var spec = UpCommand.spec(all, Map.of());
    try {
      new CommandLine(spec).parseArgs(all.toArray(String[]::new));
    } catch (ParameterException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    var settings = UpCommand.settings(spec, folder);
    requireWayBack(settings.simulation());
    return Platform.start(settings, groundwork);
  }

  private static void requireWayBack(Simulation simulation) {
    if (simulation.size().filter(SeedCopy::isTaken).isEmpty()) {
      throw new Problem(
              ProblemCode.OUT_OF_RANGE,
              "--simulate must be small, medium or 1-vms to %s-vms, or the data centre can't be reset"
                  .formatted(SeedCopy.LARGEST_VMS))
          .asException();
    }
  }

  /// Where it listens, on the loopback address.
  public int port() {
    return platform.port();
  }

  /// Stops the server and deletes its data.
  @Override
  public void close() {
    platform.close();
    folder.delete();
  }
}
