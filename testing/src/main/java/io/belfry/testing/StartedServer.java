package io.belfry.testing;

import io.belfry.problem.ProblemException;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.Configuration;
import io.belfry.sdk.Credentials;
import io.belfry.sdk.Transport;
import io.belfry.sdk.simulator.Simulator;
import io.belfry.server.EphemeralServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/// A server for tests, what tests are given of it, and what they may be given. Its data are in
/// memory where that is possible.
record StartedServer(
    EphemeralServer server, ServerAccess access, ApiClient client, Simulator simulator)
    implements AutoCloseable {
  /// What tests may be given.
  static final List<Class<?>> OFFERED =
      List.of(ApiClient.class, Simulator.class, ServerAccess.class);

  private static final String ROOT = "root";
  private static final String PASSWORD = "of-the-tests";
  private static final Path MEMORY = Path.of("/dev/shm");

  /// A server needs some 250 MB.
  private static final long BYTES_NEEDED = 1L << 30;

  /// Starts a server. Java's HTTP client is made meanwhile, as it takes long in a JVM that has just
  /// started.
  ///
  /// @throws ExtensionConfigurationException if there can be no such server
  static StartedServer of(ServerChoice choice) {
    var transport = new FutureTask<>(() -> Transport.of(Configuration.of("http://127.0.0.1")));
    Thread.ofPlatform().name("belfry-client").daemon().start(transport);
    try {
      var server = start(choice);
      try {
        return connected(server, made(transport));
      } catch (RuntimeException | Error e) {
        server.close();
        throw e;
      }
    } catch (RuntimeException | Error e) {
      made(transport).close();
      throw e;
    }
  }

  private static Transport made(FutureTask<Transport> transport) {
    try {
      return transport.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Java's HTTP client can't be made", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while Java's HTTP client was made", e);
    }
  }

  private static StartedServer connected(EphemeralServer server, Transport transport) {
    var url = "http://127.0.0.1:%s/v2/api".formatted(server.port());
    var client =
        ApiClient.builder(Configuration.of(url))
            .transport(transport)
            .build()
            .login(Credentials.local(ROOT, PASSWORD));
    return new StartedServer(
        server, new ServerAccess(url, ROOT, PASSWORD), client, new Simulator(client));
  }

  private static EphemeralServer start(ServerChoice choice) {
    var options = new ArrayList<>(choice.options());
    options.addAll(List.of("--root-password", PASSWORD));
    try {
      return EphemeralServer.start(place(), options);
    } catch (ProblemException e) {
      throw new ExtensionConfigurationException(
          "%s can't be had: %s".formatted(choice, e.getMessage()), e);
    }
  }

  private static Path place() {
    return hasSpace(MEMORY) ? MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
  }

  private static boolean hasSpace(Path folder) {
    try {
      return Files.isWritable(folder)
          && Files.getFileStore(folder).getUsableSpace() >= BYTES_NEEDED;
    } catch (IOException _) {
      return false;
    }
  }

  /// Whether parameters and fields may be of this type.
  static boolean offers(Class<?> type) {
    return OFFERED.contains(type);
  }

  /// What a parameter or field of this type is given.
  ///
  /// @throws IllegalArgumentException if it may not be of this type
  Object offer(Class<?> type) {
    return Stream.of(client, simulator, access)
        .filter(type::isInstance)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("nothing to give for " + type));
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
