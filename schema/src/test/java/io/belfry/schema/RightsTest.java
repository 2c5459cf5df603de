package io.belfry.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RightsTest {
  private static final Schema SCHEMA = Schema.bundled();
  private static final Rights RIGHTS = Rights.bundled();

  @ParameterizedTest
  @CsvSource({
    "start-vm, VM_OPERATION_VM_POWER",
    "create-vm, CREATE_VM",
    "add-vm-disk, UPDATE_VM",
    "create-vm-snapshot, MANAGE_VM_SNAPSHOT",
    "create-vm-volume, MANAGE_VM_VOLUME",
    "get-vm-vnc-info, VM_OPERATION_OPEN_TERMINAL",
    "create-user, MANAGE_USER_AND_ROLE",
    "create-task, *"
  })
  void areNeededToChangeSomething(String operation, String right) {
    assertThat(RIGHTS.needed(operation(operation))).contains(right);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"get-vms", "get-vms-connection", "get-my-info", "login", "resource-changes"})
  void areNotNeededToRead(String operation) {
    assertThat(RIGHTS.needed(operation(operation))).isEmpty();
  }

  @Test
  void reportAllThatDoesNotFitTheSchema() {
    var schema =
        read(
            """
            type Vm @entity(list: "get-vms") { id: String! }
            enum ROLEACTION { CREATE_VM }
            extend type Operation {
              createVm: [Vm!]! @op(path: "create-vm", group: "Vm")
              createBell: [Vm!]! @op(path: "create-bell", group: "Bell")
            }
            """);
    var rights =
        new SchemaFiles.Source(
            "rights",
            """
            extend schema
              @right(action: CREATE_VM, operations: ["create-vm"])
              @right(action: CREATE_VMS, operations: ["create-vm"])
              @reading(operations: ["look"])
              @write
            """);

    assertThatExceptionOfType(InvalidSchemaException.class)
        .isThrownBy(() -> RightsReader.read(rights, schema))
        .satisfies(e ->
            assertThat(e.faults())
                .containsExactlyInAnyOrder(
                    "@right: ROLEACTION has no constant CREATE_VMS",
                    "create-vm: needs two rights",
                    "@write: no such directive",
                    "look: no such group or operation",
                    "Operation.createBell: needs no right and isn't said to read"));
  }

  private static Schema read(String text) {
    return SchemaReader.read(new SchemaFiles(List.of(new SchemaFiles.Source("test", text))));
  }

  private static Operation operation(String path) {
    return SCHEMA.operation(path).orElseThrow();
  }
}
