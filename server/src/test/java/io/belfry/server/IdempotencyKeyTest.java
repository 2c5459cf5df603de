package io.belfry.server;

import static io.belfry.server.http.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.operations.IdempotencyKeys;
import io.belfry.postgres.TestDatabase;
import io.belfry.postgres.TestPostgres;
import io.belfry.query.layout.Layout;
import io.belfry.schema.Schema;
import io.belfry.server.auth.TestAccounts;
import io.belfry.store.Store;
import io.belfry.store.database.DatabaseLocation;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Changes that are sent more than once, by the `Idempotency-Key` in them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IdempotencyKeyTest {
  private static final String CREATE = "create-vm-snapshot";

  @SuppressWarnings("NullAway.Init")
  private TestDatabase database;

  @SuppressWarnings("NullAway.Init")
  private Store store;

  @SuppressWarnings("NullAway.Init")
  private Platform platform;

  @SuppressWarnings("NullAway.Init")
  private TestUser root;

  @BeforeAll
  void start(@TempDir Path folder) {
    database = TestPostgres.freshDatabase();
    store = new Store(database.dataSource(), Layout.of(Schema.bundled()));
    platform =
        Platform.start(
            TestSettings.of(
                folder,
                new DatabaseLocation.External(
                    database.jdbcUrl(), database.user(), database.password())));
    root = TestUser.login(platform.port(), "root", TestSettings.PASSWORD);
  }

  @AfterAll
  void stop() {
    root.close();
    platform.close();
    database.close();
  }

  /// Each test has a VM of its own, as a VM is locked while its snapshot is taken.
  private static String body(String vm, String name) {
    return "{\"data\": [{\"vm_id\": \"%s\", \"name\": \"%s\"}]}".formatted(vm, name);
  }

  private String vm(int number) {
    var query = "{\"where\": {\"in_recycle_bin\": false}, \"orderBy\": \"name_ASC\"}";
    return root.call("get-vms", query).path(number).path("id").textValue();
  }

  private int snapshots(String name) {
    return root.call("get-vm-snapshots", "{\"where\": {\"name\": \"%s\"}}".formatted(name)).size();
  }

  private static List<String> tasksAndObjects(HttpResponse<String> answer) {
    var ids = new ArrayList<String>();
    for (var each : json(answer)) {
      ids.add(each.path("task_id").textValue() + " " + each.at("/data/id").textValue());
    }
    assertThat(ids).isNotEmpty().noneMatch(each -> each.contains("null"));
    return ids;
  }

  private static int problem(HttpResponse<String> answer) {
    return Integer.parseInt(json(answer).at("/props/code").textValue().substring(3));
  }

  @Test
  void answersWithTheSameTasksWithoutDoingItAgain() {
    var body = body(vm(0), "twice");

    var first = root.send(CREATE, body, "key-twice");
    var second = root.send(CREATE, body, "key-twice");

    assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
    assertThat(second.statusCode()).isEqualTo(200);
    assertThat(tasksAndObjects(second)).isEqualTo(tasksAndObjects(first));
    assertThat(snapshots("twice")).isEqualTo(1);
  }

  @Test
  void doesItOnceHoweverManyArriveAtOnce() throws Exception {
    var body = body(vm(1), "storm");
    var calls =
        IntStream.range(0, 30)
            .<Callable<HttpResponse<String>>>mapToObj(
                _ -> () -> root.send(CREATE, body, "key-storm"))
            .toList();

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = threads.invokeAll(calls).stream().map(call -> call.resultNow()).toList();

      assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200);
      assertThat(answers.stream().map(IdempotencyKeyTest::tasksAndObjects).distinct()).hasSize(1);
    }
    assertThat(snapshots("storm")).isEqualTo(1);
  }

  @Test
  void refusesAKeyThatWasUsedForSomethingElse() {
    var vm = vm(2);
    assertThat(root.send(CREATE, body(vm, "one"), "key-else").statusCode()).isEqualTo(200);

    var otherBody = root.send(CREATE, body(vm, "two"), "key-else");
    var otherOperation =
        root.send("start-vm", "{\"where\": {\"id\": \"%s\"}}".formatted(vm), "key-else");

    assertThat(otherBody.statusCode()).isEqualTo(409);
    assertThat(problem(otherBody)).isEqualTo(107);
    assertThat(json(otherBody).at("/message").textValue())
        .contains("key-else", "another body of create-vm-snapshot");
    assertThat(json(otherOperation).at("/message").textValue())
        .contains("another operation, create-vm-snapshot");
    assertThat(snapshots("two")).isZero();
  }

  @Test
  void doesNotRememberWhatWasRefused() {
    var vm = vm(3);
    var nobody = root.send(CREATE, body("none", "late"), "key-late");
    assertThat(nobody.statusCode()).as(nobody.body()).isNotEqualTo(200);

    assertThat(root.send(CREATE, body(vm, "late"), "key-late").statusCode()).isEqualTo(200);
  }

  @Test
  void tellsUsersApart() {
    TestAccounts.add(store, "other", "a-users-password", "ADMIN");
    try (var other = TestUser.login(platform.port(), "other", "a-users-password")) {
      assertThat(root.send(CREATE, body(vm(4), "mine"), "key-own").statusCode()).isEqualTo(200);

      var theirs = other.send(CREATE, body(vm(5), "theirs"), "key-own");

      assertThat(theirs.statusCode()).as(theirs.body()).isEqualTo(200);
    }
  }

  @Test
  void saysWhatIsNoKey() {
    var answer = root.send(CREATE, body(vm(6), "none"), "two words");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("Idempotency-Key", "visible ASCII");
  }

  @Test
  void saysThatItKnowsKeys() {
    assertThat(root.send("get-vms", "{\"first\": 1}").headers().firstValue("x-belfry-features"))
        .contains("idempotency-key");
  }

  @Test
  void forgetsOldKeys() {
    assertThat(root.send(CREATE, body(vm(7), "old"), "key-old").statusCode()).isEqualTo(200);
    store.write(transaction ->
        transaction.execute(
            "UPDATE belfry.idempotency_key SET created_at = now() - INTERVAL '25 hours'"
                + " WHERE key = 'key-old'",
            List.of()));

    IdempotencyKeys.forgetOld(store, 100);

    assertThat(root.send(CREATE, body(vm(8), "new"), "key-old").statusCode()).isEqualTo(200);
  }
}
