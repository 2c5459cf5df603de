package io.belfry.sdk;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.belfry.sdk.model.Vm;
import io.belfry.sdk.model.VmStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WatchTest {
  private final TestServer server = TestServer.start();
  private final ApiClient client = server.client();

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void tellsOfChangesAsModels() {
    events("id: 6\n\n" + update(7, "STOPPED", "RUNNING"));

    try (var changes = client.watch(Vm.class)) {
      var change = changes.next();

      assertThat(change.revision()).isEqualTo(7);
      assertThat(change.action()).isEqualTo(Change.Action.UPDATE);
      assertThat(change.type()).isEqualTo("Vm");
      assertThat(change.id()).isEqualTo("v");
      assertThat(requireNonNull(change.before()).status()).isEqualTo(VmStatus.STOPPED);
      assertThat(requireNonNull(change.after()).status()).isEqualTo(VmStatus.RUNNING);
      assertThat(change.at()).isEqualTo(Instant.parse("2026-01-31T08:00:00Z"));
      assertThat(change.taskId()).isEqualTo("t");
      assertThat(changes.revision()).isEqualTo(7);
    }
    assertThat(server.calls().get(0).path()).contains("resource_type=Vm");
    assertThat(server.calls().get(0).header("Authorization")).isEqualTo("token");
  }

  @Test
  void goesOnAfterTheLastEventWhenTheConnectionBreaks() {
    var connections = new AtomicInteger();
    server.on(
        TestServer.EVENTS,
        call ->
            TestServer.Answer.events(
                connections.incrementAndGet() == 1
                    ? "id: 6\n\n" + update(7, "STOPPED", "RUNNING")
                    : update(8, "RUNNING", "SUSPENDED")));

    try (var changes = client.watch(Vm.class)) {
      assertThat(List.of(changes.next().revision(), changes.next().revision()))
          .containsExactly(7L, 8L);
    }
    assertThat(server.calls().get(1).header("Last-event-id")).isEqualTo("7");
  }

  @Test
  void beginsWhereItIsToldTo() {
    events(update(8, "STOPPED", "RUNNING"));

    client.watch(Vm.class, options -> options.after(7).ids(List.of("v", "w"))).close();

    assertThat(server.calls().get(0).header("Last-event-id")).isEqualTo("7");
    assertThat(server.calls().get(0).path()).contains("resource_id=v%2Cw");
  }

  @Test
  void saysSoWhenNothingHappensInTime() {
    events("id: 6\n\n");

    try (var changes = client.watch(Vm.class)) {
      assertThat(changes.poll(Duration.ofMillis(50))).isEmpty();
      assertThat(changes.revision()).isEqualTo(6);
    }
  }

  @Test
  void saysSoWhenChangesAreLostBeforeItBegins() {
    server.on(
        TestServer.EVENTS,
        call ->
            new TestServer.Answer(
                410, "{\"message\": \"gone\", \"props\": {\"compactRevision\": \"40\"}}"));

    assertThatExceptionOfType(ChangesLostException.class)
        .isThrownBy(() -> client.watch(Vm.class, options -> options.after(7)))
        .satisfies(lost -> assertThat(lost.compactRevision()).isEqualTo(40));
  }

  @Test
  void saysSoWhenChangesAreLostLater() {
    events("id: 6\n\nevent: compacted\ndata: {\"compactRevision\":\"40\"}\n\n");

    try (var changes = client.watch(Vm.class)) {
      assertThatExceptionOfType(ChangesLostException.class).isThrownBy(changes::next);
    }
  }

  @Test
  void saysSoWhereThereAreNoStreams() {
    assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> client.watch(Vm.class));
  }

  @Test
  void saysSoWhereThereIsNoServer() {
    try (var nowhere =
        ApiClient.builder(Configuration.of("http://localhost:1/v2/api")).token("t").build()) {
      assertThatExceptionOfType(NoAnswerException.class)
          .isThrownBy(() -> nowhere.watch(Vm.class))
          .withMessageContaining("is the server running?");
    }
  }

  @Test
  void watchesEverythingAsJson() {
    events(update(7, "STOPPED", "RUNNING"));

    try (var changes = client.watch(List.of(), options -> options.after(6))) {
      assertThat(requireNonNull(changes.next().after()).get("status").asText())
          .isEqualTo("RUNNING");
    }
  }

  @Test
  void refusesWhatIsNoEntity() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> client.watch(String.class))
        .withMessageContaining("java.lang.String");
  }

  private void events(String text) {
    server.on(TestServer.EVENTS, call -> TestServer.Answer.events(text));
  }

  private static String update(int revision, String before, String after) {
    return """
    id: %1$s
    event: change
    data: {"revision":"%1$s","prev_revision":null,"action":"UPDATE","resource_type":"Vm",\
    "resource_id":"v","created_at":"2026-01-31T08:00:00.000Z","old_value":{"status":"%2$s"},\
    "new_value":{"status":"%3$s"},"task_id":"t","user_id":null}

    """
        .formatted(revision, before, after);
  }
}
