package io.belfry.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.sdk.simulator.Delay;
import io.belfry.sdk.simulator.Fault;
import io.belfry.sdk.simulator.Refusal;
import io.belfry.sdk.simulator.Restored;
import io.belfry.sdk.simulator.SimulatedHost;
import io.belfry.sdk.simulator.Simulator;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SimulatorTest {
  private static final String RULE =
      """
      {"id": "rule-1", "kind": "REFUSE", "fault": "BROKEN", "operations": ["start-vm"],
       "matched": 7, "struck": 3}
      """;

  private final TestServer server = TestServer.start();
  private final ApiClient client = server.client();
  private final Simulator simulator = new Simulator(client);

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void addsAFault() {
    server.on("/v2/simulator/faults", RULE);

    var rule = simulator.add(Fault.refuse(Refusal.BROKEN).operations("start-vm"));

    assertThat(server.lastCall().method()).isEqualTo("POST");
    assertThat(server.lastCall().header("Authorization")).isEqualTo("token");
    assertThat(server.lastCall().json())
        .isEqualTo(
            Json.object("kind", "REFUSE", "fault", "BROKEN", "operations", Json.array("start-vm")));
    assertThat(rule.id()).isEqualTo("rule-1");
    assertThat(rule.matched()).isEqualTo(7);
    assertThat(rule.struck()).isEqualTo(3);
    assertThat(rule.fault()).isEqualTo(Fault.refuse(Refusal.BROKEN).operations("start-vm"));
  }

  @Test
  void saysEverythingThatCanBeSaidOfAFault() {
    server.on("/v2/simulator/faults", RULE);

    simulator.add(
        Fault.slow(Delay.uniform(Duration.ofMillis(10), Duration.ofSeconds(1)))
            .afterTheEffect()
            .calls("start", "define")
            .entities("Vm")
            .objects("vm-1")
            .hosts("host-1")
            .storages("cluster-1")
            .first(10)
            .every(2)
            .probability(0.5, 42));

    assertThat(server.lastCall().json())
        .isEqualTo(
            Json.parse(
                """
                {"kind": "SLOW", "when": "AFTER",
                 "delay": {"distribution": "UNIFORM", "min_ms": 10, "max_ms": 1000},
                 "calls": ["start", "define"], "entities": ["Vm"], "objects": ["vm-1"],
                 "hosts": ["host-1"], "storages": ["cluster-1"],
                 "first": 10, "every": 2, "probability": 0.5, "seed": 42}
                """));
  }

  @Test
  void removesFaults() {
    server.on("/v2/simulator/faults", call -> TestServer.Answer.ok("[" + RULE + "]"));
    var rule = simulator.faults().get(0);
    server
        .on("/v2/simulator/faults/rule-1", "{\"removed\": 1}")
        .on("/v2/simulator/faults", "{\"removed\": 4}");

    simulator.remove(rule);
    assertThat(server.lastCall().method()).isEqualTo("DELETE");
    assertThat(simulator.clear()).isEqualTo(4);
  }

  @Test
  void letsAHostGoDownAndComeBack() {
    server.on(
        "/v2/simulator/hosts/h",
        call ->
            TestServer.Answer.ok(
                "{\"id\": \"h\", \"local_id\": \"l\", \"name\": \"node-1\", \"state\": \"%s\"}"
                    .formatted(call.json().get("state").asText())));

    assertThat(simulator.hostDown("h").state()).isEqualTo(SimulatedHost.State.UNREACHABLE);
    assertThat(simulator.hostIntoMaintenance("h").state())
        .isEqualTo(SimulatedHost.State.MAINTENANCE);
    assertThat(simulator.hostUp("h"))
        .isEqualTo(new SimulatedHost("h", "l", "node-1", SimulatedHost.State.CONNECTED));
  }

  @Test
  void letsEverythingBeginAnew() {
    server.on("/v2/simulator/reset", "{\"rows\": 17, \"tasks\": 2}");

    assertThat(simulator.reset()).isEqualTo(new Restored(17, 2));
    assertThat(server.lastCall().method()).isEqualTo("POST");
  }

  @Test
  void saysWhyAServerRefuses() {
    server.on(
        "/v2/simulator/faults",
        call -> new TestServer.Answer(403, "{\"message\": \"for administrators\"}"));

    assertThatThrownBy(simulator::faults)
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("for administrators");
  }

  @Test
  void letsTimePass() {
    server.on(
        "/v2/simulator/clock", "{\"now\": \"2026-12-07T20:00:00Z\", \"ahead_ms\": 691200000}");

    var now = simulator.passTime(Duration.ofDays(8));

    assertThat(server.lastCall().method()).isEqualTo("POST");
    assertThat(server.lastCall().json()).isEqualTo(Json.object("pass_ms", 691_200_000L));
    assertThat(now).isEqualTo(Instant.parse("2026-12-07T20:00:00Z")).isEqualTo(simulator.time());
    assertThat(server.lastCall().method()).isEqualTo("GET");
  }
}
