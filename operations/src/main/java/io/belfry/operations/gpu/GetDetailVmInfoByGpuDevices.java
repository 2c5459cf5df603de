package io.belfry.operations.gpu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.belfry.operations.Inquiry;
import io.belfry.operations.Question;
import io.belfry.store.Transaction;
import io.belfry.store.rows.GpuDeviceRow;
import io.belfry.store.rows.VmRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/// `get-detail-vm-info-by-gpu-devices`: GPUs with the VMs that have them.
final class GetDetailVmInfoByGpuDevices implements Inquiry {
  private static final String VMS = "vms";

  @Override
  public String path() {
    return "get-detail-vm-info-by-gpu-devices";
  }

  @Override
  public Reply answer(Question question) {
    return question.read(transaction -> Reply.of(answer(question, transaction)));
  }

  private static ArrayNode answer(Question question, Transaction transaction) {
    var ids = question.listed(transaction, GpuDeviceRow.TYPE);
    var devices = question.objects(transaction, GpuDeviceRow.TYPE, ids);
    var vms = vms(question, transaction, devices);
    var shape = Shape.of(question, "GpuVmInfo");
    var detail = Shape.of(question, "GpuVmDetail");
    var answer = JsonNodeFactory.instance.arrayNode();
    for (var device : devices) {
      var each = shape.partOf(device);
      var users = each.putArray(VMS);
      for (var id : ids(device)) {
        Optional.ofNullable(vms.get(id)).ifPresent(vm -> users.add(detail.partOf(vm)));
      }
      answer.add(each);
    }
    return answer;
  }

  /// The VMs that have any of the devices, by id.
  private static Map<String, JsonNode> vms(
      Question question, Transaction transaction, List<JsonNode> devices) {
    var ids = devices.stream().flatMap(device -> ids(device).stream()).distinct().toList();
    var vms = new HashMap<String, JsonNode>();
    question
        .objects(transaction, VmRow.TYPE, ids)
        .forEach(vm -> vms.put(vm.path("id").textValue(), vm));
    return vms;
  }

  private static List<String> ids(JsonNode device) {
    return StreamSupport.stream(device.path(VMS).spliterator(), false)
        .map(vm -> vm.path("id").textValue())
        .toList();
  }
}
