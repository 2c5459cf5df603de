package io.belfry.operations.gpu;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.operations.Inquiry;
import io.belfry.operations.Question;
import io.belfry.store.Transaction;
import io.belfry.store.rows.GpuDeviceRow;
import io.belfry.store.rows.VmRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// `get-vm-gpu-device-info`: VMs with the GPUs that they have.
final class GetVmGpuDeviceInfo implements Inquiry {
  @Override
  public String path() {
    return "get-vm-gpu-device-info";
  }

  @Override
  public Reply answer(Question question) {
    var detail = Shape.of(question, "VmGpuDetail");
    return question.read(transaction -> {
      var vms = vms(transaction, question.listed(transaction, VmRow.TYPE));
      var devices = devices(question, transaction);
      return json -> write(json, vms, devices, detail);
    });
  }

  private record Named(String id, String localId, String name) {}

  private static List<Named> vms(Transaction transaction, List<String> ids) {
    return transaction.query(
        """
        SELECT vm.id, vm.local_id, vm.name
        FROM unnest(?::text[]) WITH ORDINALITY AS wanted (id, place)
        JOIN tower.vm ON vm.id = wanted.id
        ORDER BY wanted.place
        """,
        List.of(ids),
        row -> new Named(row.text(1), row.text(2), row.text(3)));
  }

  /// The GPUs of all VMs that the filter selects, by VM.
  private static Map<String, List<JsonNode>> devices(Question question, Transaction transaction) {
    var vms = question.condition(VmRow.TYPE, question.body().object("where"));
    var ids =
        question.ids(
            transaction, GpuDeviceRow.TYPE, question.related(GpuDeviceRow.TYPE, "vms", vms));
    var byVm = new HashMap<String, List<JsonNode>>();
    for (var device : question.objects(transaction, GpuDeviceRow.TYPE, ids)) {
      for (var vm : device.path("vms")) {
        byVm.computeIfAbsent(vm.path("id").textValue(), _ -> new ArrayList<>()).add(device);
      }
    }
    return byVm;
  }

  private static void write(
      JsonGenerator json, List<Named> vms, Map<String, List<JsonNode>> devices, Shape detail)
      throws IOException {
    json.writeStartArray();
    for (var vm : vms) {
      json.writeStartObject();
      json.writeStringField("id", vm.id());
      json.writeStringField("local_id", vm.localId());
      json.writeStringField("name", vm.name());
      json.writeArrayFieldStart("gpu_devices");
      for (var device : devices.getOrDefault(vm.id(), List.of())) {
        json.writeTree(detail.partOf(device));
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
