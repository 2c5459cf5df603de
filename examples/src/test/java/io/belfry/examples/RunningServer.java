package io.belfry.examples;

import io.belfry.datacenter.SimulationSize;
import io.belfry.hypervisor.simulator.SimulationSpeed;
import io.belfry.postgres.PostgresSettings;
import io.belfry.server.Platform;
import io.belfry.server.config.ServerSettings;
import io.belfry.server.http.HttpLimits;
import io.belfry.server.observe.Logging;
import io.belfry.store.database.DatabaseLocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives tests the [Surroundings] of a server with a small data centre: one for all tests, which
/// starts with the first and ends after the last.
public final class RunningServer implements ParameterResolver {
  private static final String PASSWORD = "of-the-examples";

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Surroundings.class;
  }

  @Override
  public Surroundings resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(RunningServer.class))
        .computeIfAbsent(Started.class, _ -> Started.now(), Started.class)
        .surroundings();
  }

  private static ServerSettings settings(Path folder) {
    return new ServerSettings(
        new ServerSettings.Listen(
            InetAddress.getLoopbackAddress(), 0, Optional.empty(), HttpLimits.DEFAULT),
        folder,
        new DatabaseLocation.Embedded(folder, PostgresSettings.DEFAULT),
        new ServerSettings.Simulation(
            Optional.of(SimulationSize.SMALL), 1, SimulationSpeed.INSTANT),
        ServerSettings.Retention.DEFAULT,
        Optional.of(new ServerSettings.Secret(PASSWORD)),
        new ServerSettings.Log(Logging.Format.TEXT, false));
  }

  /// The server, its folder, and a client of it.
  private record Started(Path folder, Platform platform, Surroundings surroundings)
      implements AutoCloseable {

    static Started now() {
      try {
        var folder = Files.createTempDirectory("belfry-examples");
        var platform = Platform.start(settings(folder));
        var url = "http://127.0.0.1:%s/v2/api".formatted(platform.port());
        var server = new Server(url, "root", PASSWORD);
        return new Started(folder, platform, Surroundings.of(server, server.connect()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      surroundings.client().close();
      platform.close();
      try (var files = Files.walk(folder)) {
        for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
