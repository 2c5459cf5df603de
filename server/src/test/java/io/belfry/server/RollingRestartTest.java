package io.belfry.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.datacenter.SimulationSize;
import io.belfry.hypervisor.simulator.SimulationSpeed;
import io.belfry.postgres.TestDatabase;
import io.belfry.postgres.TestPostgres;
import io.belfry.server.config.ServerSettings;
import io.belfry.server.config.ServerSettings.Secret;
import io.belfry.server.http.HttpLimits;
import io.belfry.server.http.TestClient;
import io.belfry.server.observe.Logging;
import io.belfry.store.database.DatabaseLocation;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two servers on one database are restarted one after the other, while clients send requests to
/// whichever says at `/readyz` that it is ready, as a load balancer does. No request may fail.
class RollingRestartTest {
  private static final String PASSWORD = "correct-horse-battery";
  private static final int CLIENTS = 3;

  private final TestDatabase database = TestPostgres.freshDatabase();
  private final Map<Integer, Boolean> ready = new ConcurrentHashMap<>();
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicInteger answered = new AtomicInteger();

  @Test
  void failsNoRequest(@TempDir Path folder) throws Exception {
    var servers = new ArrayList<>(List.of(start(folder), start(folder)));
    var token = token(servers.getFirst().port());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var balancer = threads.submit(this::checkReadiness);
      var clients = new ArrayList<Future<String>>();
      for (var number = 0; number < CLIENTS; number++) {
        clients.add(threads.submit(client(token, "client-" + number)));
      }
      for (var restart = 0; restart < 4; restart++) {
        awaitAnswers(answered.get() + 20);
        var leaving = servers.removeFirst();
        leaving.close();
        ready.remove(leaving.port());
        servers.add(start(folder));
        awaitAnswers(answered.get() + 20);
      }
      over.set(true);
      for (var client : clients) {
        assertThat(client.get()).isEqualTo("no failure");
      }
      balancer.get();
    } finally {
      over.set(true);
      servers.forEach(Platform::close);
      database.close();
    }
  }

  private Platform start(Path folder) {
    var platform =
        Platform.start(
            new ServerSettings(
                new ServerSettings.Listen(
                    InetAddress.getLoopbackAddress(),
                    0,
                    Optional.empty(),
                    HttpLimits.DEFAULT.withLeaveTime(Duration.ofMillis(1_500))),
                folder,
                new DatabaseLocation.External(
                    database.jdbcUrl(), database.user(), database.password()),
                new ServerSettings.Simulation(
                    Optional.of(new SimulationSize(5)), 1, SimulationSpeed.INSTANT),
                ServerSettings.Retention.DEFAULT,
                Optional.of(new Secret(PASSWORD)),
                new ServerSettings.Log(Logging.Format.TEXT, false)));
    ready.put(platform.port(), true);
    return platform;
  }

  private static String token(int port) {
    try (var client = new TestClient(port)) {
      var answer =
          client.post(
              "/v2/api/login",
              "{\"username\": \"root\", \"password\": \"%s\"}".formatted(PASSWORD));
      return TestClient.json(answer).at("/data/token").textValue();
    }
  }

  private Boolean checkReadiness() throws InterruptedException {
    while (!over.get()) {
      for (var port : List.copyOf(ready.keySet())) {
        try (var client = new TestClient(port)) {
          ready.computeIfPresent(port, (_, _) -> client.get("/readyz").statusCode() == 200);
        } catch (IllegalStateException e) {
          ready.computeIfPresent(port, (_, _) -> false);
        }
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return true;
  }

  /// Reads and changes in turn until it is over.
  ///
  /// @return what failed
  private Callable<String> client(String token, String name) {
    return () -> {
      var clients = new HashMap<Integer, TestClient>();
      for (var number = 0; !over.get(); number++) {
        var port = anyReady(number);
        var client = clients.computeIfAbsent(port, TestClient::new);
        var reads = number % 2 == 0;
        var answer =
            client.post(
                reads ? "/v2/api/get-vms" : "/v2/api/update-task",
                reads
                    ? "{\"first\": 1}"
                    : "{\"where\": {\"id\": \"%s\"}, \"data\": {\"key\": \"k\"}}".formatted(name),
                "Authorization",
                token);
        if (answer.statusCode() != 200) {
          return answer.statusCode() + " " + answer.body();
        }
        answered.incrementAndGet();
      }
      clients.values().forEach(TestClient::close);
      return "no failure";
    };
  }

  private int anyReady(int number) throws InterruptedException {
    while (true) {
      var ports = ready.entrySet().stream().filter(Map.Entry::getValue).map(Map.Entry::getKey);
      var list = ports.sorted().toList();
      if (!list.isEmpty()) {
        return list.get(number % list.size());
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  private void awaitAnswers(int count) throws InterruptedException {
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (answered.get() < count) {
      assertThat(System.nanoTime())
          .as("%s of %s answers", answered.get(), count)
          .isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }
}
