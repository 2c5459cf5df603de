package io.belfry.server.config;

import io.belfry.datacenter.SimulatedDatacenter;
import io.belfry.hypervisor.HypervisorDriver;
import io.belfry.hypervisor.simulator.SimulatedHypervisor;
import io.belfry.query.layout.Layout;
import io.belfry.schema.Schema;
import io.belfry.store.database.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;

/// Tells builds of Belfry apart that may make different tables, or different rows of a simulated
/// data centre.
final class BuildFingerprint {
  /// A class of each module that has a say in what tables there are.
  private static final List<Class<?>> TABLES = List.of(Database.class, Layout.class, Schema.class);

  /// A class of each further module that has a say in what the data centre's rows are.
  private static final List<Class<?>> ROWS =
      List.of(SimulatedDatacenter.class, SimulatedHypervisor.class, HypervisorDriver.class);

  private BuildFingerprint() {}

  /// The same text for the same jars, or folders of classes; none if the code is neither.
  static Optional<String> ofTables() {
    return of(TABLES);
  }

  /// As [#ofTables], for the rows of a data centre in the same tables.
  static Optional<String> ofRows() {
    return of(ROWS);
  }

  private static Optional<String> of(List<Class<?>> parts) {
    var checksum = new CRC32();
    try {
      for (var part : parts) {
        var source = part.getProtectionDomain().getCodeSource();
        if (source == null || !source.getLocation().getProtocol().equals("file")) {
          return Optional.empty();
        }
        add(Path.of(source.getLocation().toURI()), checksum);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      return Optional.empty(); // a location with a blank, for example
    }
    return Optional.of(String.format(Locale.ROOT, "%08x", checksum.getValue()));
  }

  private static void add(Path source, CRC32 checksum) throws IOException {
    try (var files = Files.walk(source)) {
      for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
        checksum.update(Files.readAllBytes(file));
      }
    }
  }
}
