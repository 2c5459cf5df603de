package io.belfry.server;

import io.belfry.datacenter.SimulationSize;
import io.belfry.hypervisor.simulator.SimulationSpeed;
import io.belfry.server.config.ServerSettings;
import io.belfry.server.config.ServerSettings.Secret;
import io.belfry.server.http.HttpLimits;
import io.belfry.server.observe.Logging;
import io.belfry.store.database.DatabaseLocation;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Optional;

/// Settings of servers that tests start in this process.
final class TestSettings {
  static final String PASSWORD = "correct-horse-battery";

  private TestSettings() {}

  /// Twenty VMs at a speed at which tasks take some hundred milliseconds.
  static ServerSettings of(Path folder, DatabaseLocation database) {
    return new ServerSettings(
        new ServerSettings.Listen(
            InetAddress.getLoopbackAddress(), 0, Optional.empty(), HttpLimits.DEFAULT),
        folder,
        database,
        new ServerSettings.Simulation(Optional.of(new SimulationSize(20)), 1, SimulationSpeed.FAST),
        ServerSettings.Retention.DEFAULT,
        Optional.of(new Secret(PASSWORD)),
        new ServerSettings.Log(Logging.Format.TEXT, false));
  }
}
