package io.belfry.datacenter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.belfry.datacenter.faults.SharedFaults;
import io.belfry.hypervisor.VmId;
import io.belfry.hypervisor.simulator.Faults;
import io.belfry.problem.ProblemException;
import io.belfry.store.id.RandomIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedFaultsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TestDatacenter datacenter = TestDatacenter.empty();
  private final List<SharedFaults> servers = new ArrayList<>();

  @AfterEach
  void close() {
    servers.forEach(SharedFaults::close);
    datacenter.close();
  }

  @Test
  void strikesTheFirstCallsOfAllServersTogether() throws Exception {
    server().add(json("{\"kind\": \"FAIL\", \"calls\": [\"start\"], \"first\": 3}"));
    var first = servers.getFirst();
    var second = server();

    var failures = 0;
    for (var i = 0; i < 4; i++) {
      failures += fails(first, "start") ? 1 : 0;
      failures += fails(second, "start") ? 1 : 0;
    }

    assertThat(failures).isEqualTo(3);
    assertThat(second.list().path(0).path("matched").intValue()).isEqualTo(8);
    assertThat(second.list().path(0).path("struck").intValue()).isEqualTo(3);
  }

  @Test
  void countsEachCallOnceThoughManyCome() throws Exception {
    var server = server();
    server.add(json("{\"kind\": \"FAIL\", \"every\": 3}"));

    var calls = new ArrayList<Future<Boolean>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < 60; i++) {
        calls.add(threads.submit(() -> fails(server, "start")));
      }
    }

    assertThat(calls).filteredOn(Future::resultNow).hasSize(20);
  }

  @Test
  void strikesNothingByARuleThatAnotherServerRemoved() throws Exception {
    var first = server();
    first.add(json("{\"kind\": \"FAIL\"}"));
    var second = server();

    first.removeAll();

    assertThat(fails(second, "start")).isFalse();
  }

  @Test
  void keepsRulesAndTheirCountersForTheNextStart() throws Exception {
    var rule = json("{\"kind\": \"FAIL\", \"probability\": 0.25, \"seed\": -7, \"first\": 1000}");
    var first = server();
    first.add(rule);
    assertThat(first.count()).isOne();
    fails(first, "start");
    first.close();

    var next = server();

    assertThat(next.count()).isOne();
    assertThat(next.list()).isEqualTo(first.list());
    assertThat(next.list().path(0).path("matched").intValue()).isOne();
  }

  @Test
  void hasALimit() {
    var server = server();
    for (var i = 0; i < 100; i++) {
      server.add(json("{\"kind\": \"FAIL\", \"calls\": [\"revert\"]}"));
    }

    assertThatThrownBy(() -> server.add(json("{\"kind\": \"FAIL\"}")))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("There are 100 fault rules");
  }

  private SharedFaults server() {
    var server =
        SharedFaults.start(
            datacenter.store(), new RandomIds(TestDatacenter.CLOCK, new Random(servers.size())));
    servers.add(server);
    return server;
  }

  private static boolean fails(SharedFaults server, String call) throws InterruptedException {
    try {
      server.faults().before(new Faults.Call(call, new VmId("vm"), Set.of(), 0));
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
