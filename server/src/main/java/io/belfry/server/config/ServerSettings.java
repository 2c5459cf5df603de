package io.belfry.server.config;

import io.belfry.datacenter.SimulationSize;
import io.belfry.hypervisor.simulator.SimulationSpeed;
import io.belfry.server.http.HttpLimits;
import io.belfry.server.observe.Logging;
import io.belfry.server.tls.TlsSource;
import io.belfry.store.database.DatabaseLocation;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Everything that can be chosen about a server.
///
/// @param folder where the server keeps what isn't in the database, and the embedded database too
/// @param rootPassword for the user root, when it is created
public record ServerSettings(
    Listen listen,
    Path folder,
    DatabaseLocation database,
    Simulation simulation,
    Retention retention,
    Optional<Secret> rootPassword,
    Log log) {

  /// Whether all data are gone with the server.
  public boolean isEphemeral() {
    return database instanceof DatabaseLocation.Ephemeral;
  }

  /// Where and how clients are heard.
  ///
  /// @param port 0 for any free one
  public record Listen(InetAddress address, int port, Optional<TlsSource> tls, HttpLimits limits) {}

  /// The simulated data centre.
  ///
  /// @param size absent where none is to be made
  public record Simulation(Optional<SimulationSize> size, long seed, SimulationSpeed speed) {}

  /// How long history is kept.
  ///
  /// @param changes in the revision log
  /// @param tasks that have ended; absent for ever
  public record Retention(Duration changes, Optional<Duration> tasks) {
    /// A week of changes, and all tasks.
    public static final Retention DEFAULT = new Retention(Duration.ofDays(7), Optional.empty());
  }

  /// What is logged.
  public record Log(Logging.Format format, boolean detailed) {}

  /// A password, kept out of logs.
  public record Secret(String value) {
    @Override
    public String toString() {
      return "…";
    }
  }
}
