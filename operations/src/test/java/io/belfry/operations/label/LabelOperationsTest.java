package io.belfry.operations.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.operations.Site;
import io.belfry.problem.ProblemException;
import io.belfry.store.rows.TaskStatus;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LabelOperationsTest {
  private static final int ROUNDS = 20;

  private final Site site = Site.withWaitingTasks();

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void createsLabelsWithAndWithoutAValue() {
    var answer = site.call("create-label", "[{'key': 'made', 'value': 'here'}, {'key': 'alone'}]");

    assertThat(answer.at("/0/data/value").asText()).isEqualTo("here");
    var alone = label(answer.at("/1/data/id").asText());
    assertThat(alone.path("key").asText()).isEqualTo("alone");
    assertThat(alone.path("value").isNull()).isTrue();
    assertThat(alone.path("createdAt").asText()).isEqualTo("2026-01-31T08:00:00.000Z");
    assertThat(alone.path("total_num").intValue()).isZero();
  }

  @Test
  void showsEachChangeAsATaskThatHasSucceeded() {
    var answer = site.call("create-label", "[{'key': 'made', 'value': 'here'}]").path(0);

    var task = site.task(answer);
    assertThat(task.status()).isEqualTo(TaskStatus.SUCCESSED);
    assertThat(task.progress()).isEqualTo(1);
    assertThat(task.description().enUs()).isEqualTo("Create label made:here");
    assertThat(task.resourceId()).isEqualTo(answer.at("/data/id").asText());
    assertThat(task.resourceMutation()).isEqualTo("createLabel");
    assertThat(task.userId()).isEqualTo("tester");
    assertThat(task.finishedAt()).isEqualTo(Site.NOW);
    assertThat(task.steps().toString()).contains("\"finished\":true");
  }

  @Test
  void refusesAPairThatIsThere() {
    site.call("create-label", "[{'key': 'once', 'value': 'a'}, {'key': 'alone'}]");

    assertThatThrownBy(
            () -> site.call("create-label", "[{'key': 'new'}, {'key': 'once', 'value': 'a'}]"))
        .hasMessage("body[1]: there is a label once:a already");
    assertThatThrownBy(() -> site.call("create-label", "[{'key': 'alone', 'value': ''}]"))
        .hasMessage("body[0]: there is a label alone already");
    assertThatThrownBy(() -> site.call("create-label", "[{'key': 'two'}, {'key': 'two'}]"))
        .hasMessage("body[1]: there is a label two already");
    assertThat(site.list("Label", "{'where': {'key_in': ['new', 'two']}}")).isEmpty();
    site.call("create-label", "[{'key': 'once', 'value': 'b'}]");
  }

  @Test
  void createsAPairOnceHoweverManyWantIt() throws Exception {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var tries = executor.invokeAll(Collections.<Callable<Boolean>>nCopies(4, this::createsRace));

      var created = 0;
      for (var each : tries) {
        created += each.get() ? 1 : 0;
      }
      assertThat(created).isOne();
    }
    assertThat(site.list("Label", "{'where': {'key': 'race'}}")).hasSize(1);
  }

  private boolean createsRace() {
    try {
      site.call("create-label", "[{'key': 'race'}]");
      return true;
    } catch (ProblemException e) {
      assertThat(e).hasMessageContaining("there is a label race already");
      return false;
    }
  }

  @Test
  void givesLabelsAnotherKeyOrValue() {
    var id = create("key", "value");

    site.call("update-label", "{'where': {'id': '%s'}, 'data': {'key': 'other'}}".formatted(id));
    assertThat(label(id).path("key").asText()).isEqualTo("other");
    assertThat(label(id).path("value").asText()).isEqualTo("value");

    site.call("update-label", "{'where': {'id': '%s'}, 'data': {'value': null}}".formatted(id));
    assertThat(label(id).path("value").isNull()).isTrue();

    site.call("update-label", "{'where': {'id': '%s'}, 'data': {}}".formatted(id));
    assertThat(label(id).path("key").asText()).isEqualTo("other");
  }

  @Test
  void refusesToMakeTwoLabelsAlike() {
    create("same", "a");
    create("same", "b");

    assertThatThrownBy(
            () -> site.call("update-label", "{'where': {'key': 'same'}, 'data': {'value': 'c'}}"))
        .hasMessage("body.data: there is a label same:c already");
    assertThat(site.list("Label", "{'where': {'key': 'same', 'value': 'c'}}")).isEmpty();
  }

  @Test
  void labelsWhatTheFiltersSelect() {
    var id = create("owner", "me");
    var vms = site.list("Vm", "{'where': {'name_starts_with': 'web'}}");
    var host = site.first("Host", "{}").path("id").asText();

    var answer =
        site.call(
            "add-labels-to-resources",
            """
            {'where': {'id': '%s'},
             'data': {'vms': {'name_starts_with': 'web'}, 'hosts': {'id': '%s'}, 'disks': null}}
            """
                .formatted(id, host));

    assertThat(answer.at("/0/data/id").asText()).isEqualTo(id);
    assertThat(answer.at("/0/data/vm_num").intValue()).isEqualTo(vms.size()).isPositive();
    assertThat(label(id).path("total_num").intValue()).isEqualTo(vms.size() + 1);
    assertThat(label(id).path("disk_num").intValue()).isZero();
    var labelled = site.list("Vm", "{'where': {'labels_some': {'key': 'owner', 'value': 'me'}}}");
    assertThat(labelled).isEqualTo(site.list("Vm", "{'where': {'name_starts_with': 'web'}}"));
    assertThat(labelled.getFirst().path("labels").findValuesAsText("id")).contains(id);
  }

  @Test
  void labelsTwiceWithoutCountingTwice() {
    var id = create("owner", "me");
    var host = site.first("Host", "{}").path("id").asText();
    var body = "{'where': {'id': '%s'}, 'data': {'hosts': {'id': '%s'}}}".formatted(id, host);

    site.call("add-labels-to-resources", body);
    site.call("add-labels-to-resources", body);

    assertThat(label(id).path("host_num").intValue()).isOne();
  }

  @Test
  void takesLabelsOff() {
    var id = create("owner", "me");
    site.call(
        "add-labels-to-resources",
        "{'where': {'id': '%s'}, 'data': {'clusters': {}}}".formatted(id));
    var kept = site.first("Cluster", "{'hypervisor': 'ELF'}").path("id").asText();

    site.call(
        "remove-labels-from-resources",
        "{'where': {'id': '%s'}, 'data': {'clusters': {'id_not': '%s'}}}".formatted(id, kept));

    assertThat(site.list("Cluster", "{'where': {'labels_some': {'id': '%s'}}}".formatted(id)))
        .singleElement()
        .satisfies(cluster -> assertThat(cluster.path("id").asText()).isEqualTo(kept));
  }

  @Test
  void refusesAnUnknownKindOfObject() {
    var id = create("owner", "me");

    assertThatThrownBy(() ->
            site.call(
                "add-labels-to-resources",
                "{'where': {'id': '%s'}, 'data': {'vmz': {}}}".formatted(id)))
        .hasMessageContaining("body.data.vmz")
        .hasMessageContaining("vms");
    assertThatThrownBy(() ->
            site.call(
                "add-labels-to-resources",
                "{'where': {'id': '%s'}, 'data': {'vms': {'nam': 'x'}}}".formatted(id)))
        .hasMessageContaining("body.data.vms.nam");
  }

  @Test
  void answersNothingWhereNoLabelIsSelected() {
    var nobody = "{'where': {'key': 'nobody'}, 'data': {'vms': {}}}";

    assertThat(site.call("add-labels-to-resources", nobody)).isEmpty();
    assertThat(site.call("delete-label", "{'where': {'key': 'nobody'}}")).isEmpty();
  }

  @Test
  void deletesLabelsAlsoFromObjects() {
    var id = create("owner", "me");
    site.call(
        "add-labels-to-resources", "{'where': {'id': '%s'}, 'data': {'vms': {}}}".formatted(id));

    var answer = site.call("delete-label", "{'where': {'id': '%s'}}".formatted(id));

    assertThat(answer.at("/0/data").toString()).isEqualTo("{\"id\":\"%s\"}".formatted(id));
    assertThat(site.list("Label", "{'where': {'id': '%s'}}".formatted(id))).isEmpty();
    assertThat(site.list("Vm", "{'where': {'labels_some': {'key': 'owner'}}}")).isEmpty();
  }

  @Test
  void deletesOnlyLabelsThatNobodyHas() {
    create("unused", "a");
    var used = create("unused", "b");
    site.call(
        "add-labels-to-resources",
        "{'where': {'id': '%s'}, 'data': {'hosts': {}}}".formatted(used));

    site.call("delete-label", "{'where': {'AND': [{'key': 'unused', 'total_num': 0}]}}");

    assertThat(site.list("Label", "{'where': {'key': 'unused'}}"))
        .singleElement()
        .satisfies(label -> assertThat(label.path("id").asText()).isEqualTo(used));
  }

  /// A cluster provider deletes labels that no VM has while another of its workers labels one.
  @Test
  void neverDeletesALabelThatAnObjectHasJustGot() throws Exception {
    var host = site.first("Host", "{}").path("id").asText();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var round = 0; round < ROUNDS; round++) {
        var id = create("contended", String.valueOf(round));
        var deleted =
            executor.submit(() ->
                site.call("delete-label", "{'where': {'id': '%s', 'total_num': 0}}".formatted(id)));
        var labelled =
            executor.submit(() ->
                site.call(
                    "add-labels-to-resources",
                    "{'where': {'id': '%s'}, 'data': {'hosts': {'id': '%s'}}}"
                        .formatted(id, host)));

        assertThat(deleted.get().size() + labelled.get().size()).isOne();
      }
    }
  }

  private String create(String key, String value) {
    return site.call("create-label", "[{'key': '%s', 'value': '%s'}]".formatted(key, value))
        .at("/0/data/id")
        .asText();
  }

  private JsonNode label(String id) {
    return site.first("Label", "{'id': '%s'}".formatted(id));
  }
}
