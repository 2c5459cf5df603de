package io.belfry.sdk;

import static io.belfry.sdk.Tasks.waitTask;
import static io.belfry.sdk.Tasks.waitTasks;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Task;
import io.belfry.sdk.model.Vm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TasksTest {
  private static final Duration SHORT = Duration.ofMillis(1);
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final String GONE = "";

  private final TestServer server = TestServer.start();
  private final ApiClient client = server.client();

  /// What each task's status is, look by look; the last one stays.
  private final Map<String, List<String>> statuses = new LinkedHashMap<>();

  private int looks;

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private void task(String id, String... statuses) {
    this.statuses.put(id, List.of(statuses));
    server.on("get-tasks", this::look);
  }

  private TestServer.Answer look(TestServer.Call call) {
    var tasks = new ArrayList<Json>();
    for (var id : call.json().get("where").get("id_in").elements()) {
      var all = statuses.getOrDefault(id.asText(), List.of());
      if (!all.isEmpty()) {
        var status = all.get(Math.min(looks, all.size() - 1));
        if (!status.equals(GONE)) {
          tasks.add(Json.object("id", id, "status", status, "error_message", "no memory"));
        }
      }
    }
    looks++;
    return TestServer.Answer.ok(Json.of(tasks).toString());
  }

  @Test
  void waitsUntilAllHaveEnded() {
    task("a", "PENDING", "SUCCESSED");
    task("b", "EXECUTING", "PAUSED", "SUCCESSED");

    var ended = waitTasks(List.of("a", "b"), client, SHORT, LONG, false);

    assertThat(ended).extracting(Task::id).containsExactly("a", "b");
  }

  @Test
  void asksOnlyForWhatIsLeft() {
    task("a", "SUCCESSED");
    task("b", "PENDING", "SUCCESSED");

    waitTasks(List.of("a", "b"), client, SHORT, LONG, false);

    assertThat(server.questions())
        .extracting(TestServer.Call::body)
        .containsExactly(
            "{\"where\":{\"id_in\":[\"a\",\"b\"]}}", "{\"where\":{\"id_in\":[\"b\"]}}");
  }

  @Test
  void listensToAllTasksAtOnceWhereTheServerHasEvents() {
    var ids = IntStream.range(0, 100).mapToObj(number -> "t" + number).toList();
    ids.forEach(id -> task(id, "PENDING", "SUCCESSED"));
    var events = new StringBuilder("id: 1\n\n");
    ids.forEach(id -> events.append(ended(id, "SUCCESSED")));
    server.on(TestServer.EVENTS, call -> TestServer.Answer.events(events.toString()));

    var ended = waitTasks(ids, client);

    assertThat(ended).hasSize(100).allSatisfy(task -> assertThat(task.id()).startsWith("t"));
    assertThat(server.calls()).hasSize(3);
  }

  @Test
  void failsAsSoonAsAnEventSaysSoIfToldTo() {
    task("a", "PENDING", "FAILED");
    task("b", "PENDING");
    server.on(
        TestServer.EVENTS, call -> TestServer.Answer.events("id: 1\n\n" + ended("a", "FAILED")));

    assertThatExceptionOfType(TaskFailedException.class)
        .isThrownBy(() -> waitTasks(List.of("a", "b"), client, LONG, LONG, true))
        .satisfies(failure -> assertThat(failure.failed()).extracting(Task::id).containsOnly("a"));
  }

  @Test
  void asksOnlyOnceForEventsThatAServerDoesNotHave() {
    task("a", "SUCCESSED");

    waitTask("a", client);
    waitTask("a", client);

    assertThat(server.calls())
        .filteredOn(call -> call.path().startsWith(TestServer.EVENTS))
        .hasSize(1);
  }

  private static String ended(String id, String status) {
    return """
    id: 2
    event: change
    data: {"revision":"2","action":"UPDATE","resource_type":"Task","resource_id":"%s",\
    "created_at":"2026-01-31T08:00:00.000Z","old_value":{},"new_value":{"status":"%s"}}

    """
        .formatted(id, status);
  }

  @Test
  void leavesTheCallersListAloneAndSkipsNulls() {
    task("a", "SUCCESSED");
    var ids = new ArrayList<>(Arrays.asList("a", null));

    waitTasks(ids, client);

    assertThat(ids).containsExactly("a", null);
    assertThat(server.lastCall().body()).isEqualTo("{\"where\":{\"id_in\":[\"a\"]}}");
  }

  @Test
  void asksNothingIfThereIsNothingToWaitFor() {
    assertThat(waitTasks(Arrays.asList(null, null), client)).isEmpty();
    assertThat(server.calls()).isEmpty();
  }

  @Test
  void failsWith500IfATaskFailed() {
    task("a", "FAILED");

    assertThatExceptionOfType(TaskFailedException.class)
        .isThrownBy(() -> waitTask("a", client))
        .withMessageContaining("Task a failed: no memory")
        .satisfies(failure -> assertThat(failure.status()).isEqualTo(500));
  }

  @Test
  void waitsForTheOthersBeforeItFails() {
    task("a", "FAILED");
    task("b", "PENDING", "PENDING", "FAILED");

    assertThatExceptionOfType(TaskFailedException.class)
        .isThrownBy(() -> waitTasks(List.of("a", "b"), client, SHORT, LONG, false))
        .withMessageContaining("Tasks failed:\n\ta: no memory\n\tb: no memory")
        .satisfies(failure -> assertThat(failure.failed()).hasSize(2));
  }

  @Test
  void failsAtOnceIfToldTo() {
    task("a", "FAILED");
    task("b", "PENDING");

    assertThatExceptionOfType(TaskFailedException.class)
        .isThrownBy(() -> waitTasks(List.of("a", "b"), client, SHORT, LONG, true))
        .satisfies(failure -> assertThat(failure.failed()).extracting(Task::id).containsOnly("a"));
  }

  @Test
  void failsWith408WhenTimeRunsOut() {
    task("a", "SUCCESSED");
    task("b", "PENDING");

    assertThatExceptionOfType(TaskTimeoutException.class)
        .isThrownBy(() -> waitTasks(List.of("a", "b"), client, SHORT, Duration.ofMillis(10), false))
        .satisfies(failure -> assertThat(failure.status()).isEqualTo(408))
        .satisfies(failure -> assertThat(failure.unfinished()).containsExactly("b"));
  }

  @Test
  void saysThatATaskIsGoneWhenTheOthersHaveEnded() {
    task("forgotten", "EXECUTING", GONE);
    task("b", "PENDING", "PENDING", "FAILED");

    assertThatExceptionOfType(NotFoundException.class)
        .isThrownBy(() -> waitTasks(List.of("forgotten", "b"), client, SHORT, LONG, false))
        .withMessageContaining("doesn't know these tasks")
        .withMessageContaining(": forgotten (")
        .satisfies(failure -> assertThat(failure.status()).isEqualTo(404))
        .satisfies(failure ->
            assertThat(failure.getSuppressed())
                .singleElement()
                .isInstanceOfSatisfying(
                    TaskFailedException.class, also -> assertThat(also.failed()).hasSize(1)));
  }

  @Test
  void saysThatATaskIsGoneWhenAnEventDoes() {
    task("forgotten", "EXECUTING", GONE);
    var gone =
        """
        id: 1

        id: 2
        event: change
        data: {"revision":"2","action":"DELETE","resource_type":"Task","resource_id":"forgotten",\
        "created_at":"2026-01-31T08:00:00.000Z","old_value":{},"new_value":null}

        """;
    server.on(TestServer.EVENTS, call -> TestServer.Answer.events(gone));

    assertThatExceptionOfType(NotFoundException.class)
        .isThrownBy(() -> waitTask("forgotten", client))
        .withMessageContaining("forgotten");
  }

  @Test
  void looksForATaskThatIsNotThereYet() {
    task("late", GONE, GONE, "SUCCESSED");

    assertThat(waitTask("late", client, SHORT, LONG).id()).isEqualTo("late");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void doesNotWaitForeverForATaskThatNeverWas(boolean withEvents) {
    task("nobody", GONE);
    if (withEvents) {
      server.on(TestServer.EVENTS, call -> TestServer.Answer.events("id: 1\n\n"));
    }
    var wait =
        new TaskWait(client, Pace.steady(SHORT), LONG, false, task -> {}, Duration.ofMillis(5));

    assertThatExceptionOfType(NotFoundException.class)
        .isThrownBy(() -> wait.await(List.of("nobody")))
        .withMessageContaining("nobody");
  }

  @Test
  void endsWhenInterruptedAndStaysSo() {
    task("a", "PENDING");
    Thread.currentThread().interrupt();

    assertThatExceptionOfType(NoAnswerException.class).isThrownBy(() -> waitTask("a", client));
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void throwsFromAwaitWhatTheTasksSay() {
    task("t", "FAILED");
    server.on("start-vm", "[{\"task_id\": \"t\", \"data\": {\"id\": \"a\"}}]");
    var starting = new VmApi(client).startVm(Vm.ID.is("a"));

    assertThatExceptionOfType(TaskFailedException.class)
        .isThrownBy(() -> starting.await(LONG))
        .withMessageContaining("no memory");
  }

  @Test
  void tellsWheneverATaskHasGoneOn() {
    task("t", "PENDING", "PENDING", "EXECUTING", "SUCCESSED");

    assertThat(told()).containsExactly("PENDING", "EXECUTING", "SUCCESSED");
  }

  @Test
  void tellsWhatEventsSayOfATask() {
    task("t", "PENDING", "SUCCESSED");
    server.on(
        TestServer.EVENTS,
        call ->
            TestServer.Answer.events(
                "id: 1\n\n" + ended("t", "EXECUTING") + ended("t", "SUCCESSED")));

    assertThat(told()).containsExactly("PENDING", "EXECUTING", "SUCCESSED");
  }

  /// What a waiting program is told of the one task that starts a VM.
  private List<String> told() {
    server.on("start-vm", "[{\"task_id\": \"t\", \"data\": {\"id\": \"a\"}}]");
    server.on("get-vms", "[{\"id\": \"a\"}]");
    var told = new ArrayList<String>();
    new VmApi(client)
        .startVm(Vm.ID.is("a"))
        .await(LONG, task -> told.add(task.status().toString()));
    return told;
  }

  @Test
  void slowsDownStepByStep() {
    var pause = Pace.ADAPTIVE.first();
    var second = Pace.ADAPTIVE.after(pause);

    assertThat(pause).isEqualTo(Duration.ofMillis(50));
    assertThat(second).isEqualTo(Duration.ofNanos(62_500_000));
    assertThat(Pace.ADAPTIVE.after(Duration.ofSeconds(60))).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void saysWhatBecameOfEachObject() {
    task("a", "PENDING", "SUCCESSED");
    task("b", "FAILED");
    server.on(
        "start-vm",
        """
        [{"task_id": "a", "data": {"id": "vm-1"}}, {"task_id": "b", "data": {"id": "vm-2"}},
         {"task_id": null, "data": {"id": "vm-3"}}]
        """);
    server.on("get-vms", "[{\"id\": \"vm-2\"}, {\"id\": \"vm-3\"}]");

    var outcomes = new VmApi(client).startVm(Vm.NAME.startsWith("web")).awaitOutcomes(LONG);

    assertThat(outcomes).extracting(Outcome::succeeded).containsExactly(true, false, true);
    assertThat(outcomes).extracting(Outcome::error).containsExactly(null, "no memory", null);
    assertThat(outcomes).extracting(each -> each.now() == null).containsExactly(true, false, false);
    assertThat(outcomes).extracting(each -> each.accepted().id()).contains("vm-1", "vm-2", "vm-3");
  }

  @Test
  void waitsInAnotherThread() throws Exception {
    task("a", "SUCCESSED");
    server.on("start-vm", "[{\"task_id\": \"a\", \"data\": {\"id\": \"vm-1\"}}]");
    server.on("get-vms", "[{\"id\": \"vm-1\"}]");

    var started =
        new VmApi(client)
            .startVm(Vm.ID.is("vm-1"))
            .awaitAsync(LONG, command -> new Thread(command).start());

    assertThat(started.get(1, TimeUnit.MINUTES)).extracting(Vm::id).containsExactly("vm-1");
  }

  @Test
  void endsWaitingInAnotherThreadWhenCancelled() throws Exception {
    task("a", "PENDING");
    server.on("start-vm", "[{\"task_id\": \"a\", \"data\": {\"id\": \"vm-1\"}}]");
    var threads = new ArrayList<Thread>();

    var started =
        new VmApi(client)
            .startVm(Vm.ID.is("vm-1"))
            .awaitAsync(
                LONG,
                command -> {
                  var thread = new Thread(command);
                  threads.add(thread);
                  thread.start();
                });
    started.cancel(true);

    threads.get(0).join(Duration.ofMinutes(1).toMillis());
    assertThat(threads.get(0).isAlive()).isFalse();
  }

  @Test
  void asksForTasksInPartsThatServersTake() {
    var ids = IntStream.range(0, 1001).mapToObj(number -> "t" + number).toList();
    ids.forEach(id -> task(id, "SUCCESSED"));

    assertThat(waitTasks(ids, client)).hasSize(1001);

    assertThat(server.questions())
        .extracting(call -> call.json().get("where").get("id_in").elements().size())
        .containsExactly(1000, 1);
  }
}
