package io.belfry.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.sdk.api.AlertApi;
import io.belfry.sdk.api.ApiInfoApi;
import io.belfry.sdk.api.ElfImageApi;
import io.belfry.sdk.api.ResourceChangeApi;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Cluster;
import io.belfry.sdk.model.CreateElfImageForm;
import io.belfry.sdk.model.ResourceChangeAction;
import io.belfry.sdk.model.ResourceChangesQuery;
import io.belfry.sdk.model.Vm;
import io.belfry.sdk.model.VmStartParamsData;
import io.belfry.sdk.model.VmStatus;
import io.belfry.sdk.model.VmUpdateParamsData;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class VmApiTest {
  private final TestServer server = TestServer.start();
  private final ApiClient client = server.client();
  private final VmApi vmApi = new VmApi(client);

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void listsWhatAQueryAsksFor() {
    server.on("get-vms", "[{\"id\": \"vm-1\"}, {\"id\": \"vm-2\"}]");
    var ids = List.of("c-1", "c-2");

    List<Vm> busy =
        vmApi.getVms(q ->
            q.where(
                    Vm.STATUS
                        .is(VmStatus.RUNNING)
                        .and(Vm.VCPU.greaterThan(4))
                        .and(Vm.CLUSTER.has(Cluster.ID.in(ids))))
                .orderBy(Vm.NAME.ascending())
                .first(50)
                .skip(50));

    assertThat(busy).extracting(Vm::id).containsExactly("vm-1", "vm-2");
    assertThat(server.lastCall().method()).isEqualTo("POST");
    assertThat(server.lastCall().json())
        .isEqualTo(
            Json.parse(
                """
                {"where": {"AND": [{"status": "RUNNING"}, {"vcpu_gt": 4},
                                   {"cluster": {"id_in": ["c-1", "c-2"]}}]},
                 "orderBy": "name_ASC", "first": 50, "skip": 50}
                """));
  }

  @Test
  void listsByConditionByJsonAndAll() {
    server.on("get-vms", "[]");

    vmApi.getVms(Vm.ID.is("vm-1"));
    vmApi.getVms(Json.object("where", Json.object("id", "vm-1")));
    vmApi.getVms();

    assertThat(server.calls())
        .extracting(TestServer.Call::body)
        .containsExactly("{\"where\":{\"id\":\"vm-1\"}}", "{\"where\":{\"id\":\"vm-1\"}}", "{}");
  }

  @Test
  void counts() {
    server.on("get-vms-connection", "{\"aggregate\": {\"count\": 42}}");

    assertThat(vmApi.getVmsConnection(Vm.HA.isTrue()).count()).isEqualTo(42);
  }

  @Test
  void startsAndWaits() {
    server
        .on(
            "start-vm",
            """
            [{"task_id": "t-1", "data": {"id": "a"}}, {"task_id": "t-2", "data": {"id": "b"}}]
            """)
        .on(
            "get-tasks",
            """
            [{"id": "t-1", "status": "SUCCESSED"}, {"id": "t-2", "status": "SUCCESSED"}]
            """)
        .on("get-vms", "[{\"id\": \"b\", \"status\": \"RUNNING\"}, {\"id\": \"a\"}]");

    List<Vm> started = vmApi.startVm(Vm.ID.in("a", "b")).await(Duration.ofMinutes(5));

    assertThat(started).extracting(Vm::id).containsExactly("a", "b");
    assertThat(server.questions())
        .extracting(call -> call.path() + call.body())
        .containsExactly(
            "start-vm{\"where\":{\"id_in\":[\"a\",\"b\"]}}",
            "get-tasks{\"where\":{\"id_in\":[\"t-1\",\"t-2\"]}}",
            "get-vms{\"where\":{\"id_in\":[\"a\",\"b\"]}}");
  }

  @Test
  void showsTasksAndObjectsBeforeTheyAreDone() {
    server.on("start-vm", "[{\"task_id\": null, \"data\": {\"id\": \"a\"}}]");

    var started = vmApi.startVm(Vm.ID.is("a"));

    assertThat(started.get(0).data().id()).isEqualTo("a");
    assertThat(started.get(0).taskId()).isNull();
    assertThat(started.taskIds()).isEmpty();
  }

  @Test
  void takesDataBesideTheCondition() {
    server.on("start-vm", "[]").on("update-vm-basic-info", "[]");

    vmApi.startVm(Vm.ID.is("a"), VmStartParamsData.builder().hostId("h").build());
    vmApi.updateVm(Vm.ID.is("a"), VmUpdateParamsData.builder().vcpu(4).memory(1024).build());

    assertThat(server.calls())
        .extracting(call -> call.json())
        .containsExactly(
            Json.parse("{\"where\":{\"id\":\"a\"},\"data\":{\"host_id\":\"h\"}}"),
            Json.parse("{\"where\":{\"id\":\"a\"},\"data\":{\"vcpu\":4,\"memory\":1024}}"));
  }

  @Test
  void spreadsOneTaskOverAListOfObjects() {
    server.on(
        "create-vm-from-content-library-template-batch",
        "{\"task_id\": \"t-1\", \"data\": [{\"id\": \"a\"}, {\"id\": \"b\"}]}");

    var created = vmApi.createVmFromContentLibraryTemplateBatch(Json.object("vms", List.of()));

    assertThat(created.taskIds()).containsExactly("t-1");
    assertThat(created.data()).extracting(Vm::id).containsExactly("a", "b");
  }

  @Test
  @SuppressWarnings("deprecation") // the guide's names are what is tested
  void knowsTheGuidesNames() {
    server.on("migrate-vm", "[]").on("poweroff-vm", "[]");

    vmApi.migRateVm(Vm.ID.is("a"));
    vmApi.forceShutDownVm(Vm.ID.is("a"));

    assertThat(server.calls())
        .extracting(TestServer.Call::path)
        .containsExactly("migrate-vm", "poweroff-vm");
  }

  @Test
  void answersWithFutures() {
    server.on("get-vms", "[{\"id\": \"vm-1\"}]");

    var vms = vmApi.async().getVms(Vm.ID.is("vm-1"));

    assertThat(vms.join().get(0).id()).isEqualTo("vm-1");
  }

  @Test
  void readsTextsAndPutsArgumentsIntoTheAddress() {
    server
        .on("get-version", "\"4.8.0\"")
        .on(
            "resource-changes",
            "{\"currentRevision\":\"7\",\"compactRevision\":\"1\",\"data\":[],\"ec\":\"EOK\"}");

    var version = new ApiInfoApi(client).getApiVersion();
    var changes =
        new ResourceChangeApi(client)
            .getResourceChanges(Json.object("resource_type", "Vm", "limit", 10));

    assertThat(version).isEqualTo("4.8.0");
    assertThat(changes.currentRevision()).isEqualTo("7");
    assertThat(server.lastCall().method()).isEqualTo("GET");
    assertThat(server.lastCall().path()).isEqualTo("resource-changes?resource_type=Vm&limit=10");
  }

  @Test
  void putsTypedParametersIntoTheAddress() {
    server.on(
        "resource-changes",
        "{\"currentRevision\":\"7\",\"compactRevision\":\"1\",\"data\":[],\"ec\":\"EOK\"}");
    var api = new ResourceChangeApi(client);

    var now = api.getResourceChanges().currentRevision();
    api.getResourceChanges(
        ResourceChangesQuery.builder()
            .action(ResourceChangeAction.CREATE, ResourceChangeAction.DELETE)
            .resourceType("Vm", "VmDisk")
            .resourceId((List<String>) null)
            .startRevision(now)
            .limit(10)
            .build());

    assertThat(server.lastCall().path())
        .isEqualTo(
            "resource-changes?action=CREATE%2CDELETE&limit=10&resource_type=Vm%2CVmDisk&start_revision=7");
  }

  @Test
  void letsACallChooseItsLanguage() {
    server.on("get-alerts", "[]");

    new AlertApi(client).with(o -> o.language("zh-CN")).getAlerts();

    assertThat(server.lastCall().header("Content-language")).isEqualTo("zh-CN");
  }

  @Test
  void uploadsFilesAsForms() {
    server.on("upload-elf-image", "[]");
    var form =
        CreateElfImageForm.builder()
            .file(new Upload("a.iso", "content".getBytes(StandardCharsets.UTF_8)))
            .clusterId("c-1")
            .build();

    new ElfImageApi(client).createElfImage(form);

    assertThat(server.lastCall().header("Content-type")).startsWith("multipart/form-data");
    assertThat(server.lastCall().body())
        .contains("name=\"file\"; filename=\"a.iso\"")
        .contains("\r\n\r\ncontent\r\n")
        .contains("name=\"cluster_id\"\r\n\r\nc-1\r\n");
  }
}
