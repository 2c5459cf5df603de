package io.belfry.operations.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.belfry.operations.Site;
import io.belfry.problem.ProblemCode;
import io.belfry.problem.ProblemException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class GetVmVncInfoTest {
  private final Site site = new Site();

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void tellsThatTheHypervisorOffersNoConsole() {
    var vm = site.vm("'status': 'RUNNING'");

    refused(
        ProblemCode.PRECONDITION,
        "{'id': '%s', 'local_id': '%s'}"
            .formatted(vm.required("id").textValue(), vm.required("local_id").textValue()),
        "VM %s has no console".formatted(vm.required("name").textValue()));
  }

  @Test
  void refusesAVmThatDoesNotRun() {
    var vm = site.vm("'status': 'STOPPED'");

    refused(
        ProblemCode.WRONG_STATE,
        "{'id': '%s'}".formatted(vm.required("id").textValue()),
        "is STOPPED, expected RUNNING");
  }

  @Test
  void refusesAVmThatDoesNotExist() {
    refused(ProblemCode.OBJECT_NOT_FOUND, "{'id': 'no-such-vm'}", "body.vm.id");
  }

  @Test
  void refusesIdsOfDifferentVms() {
    var vm = site.vm("'status': 'RUNNING'");

    refused(
        ProblemCode.PRECONDITION,
        "{'id': '%s', 'local_id': 'another'}".formatted(vm.required("id").textValue()),
        "body.vm.local_id is another");
  }

  private void refused(ProblemCode code, String vm, String message) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> site.ask("get-vm-vnc-info", "{'vm': %s}".formatted(vm)))
        .satisfies(refusal -> assertThat(refusal.problem().code()).isEqualTo(code))
        .withMessageContaining(message);
  }
}
