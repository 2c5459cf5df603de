package io.belfry.operations.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.operations.Inquiry;
import io.belfry.operations.Question;
import io.belfry.store.Transaction;
import io.belfry.store.rows.DiskPoolRow;
import io.belfry.store.rows.HostRow;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// `get-cluster-pin-in-performance-info`: how much of the fast layer of clusters, of their hosts
/// and disk pools is set aside for volumes that shall stay there. Whether it is enabled is left
/// out: no row tells.
final class GetClusterPinInPerformanceInfo implements Inquiry {
  private static final List<String> CLUSTER =
      List.of(
          "id",
          "name",
          "allocated_prioritized_space",
          "allocated_prioritized_space_usage",
          "downgraded_prioritized_space",
          "planned_prioritized_space",
          "prio_space_percentage",
          "total_prio_volume_size",
          "total_prio_volume_size_usage");
  private static final List<String> HOST =
      List.of(
          "id",
          "name",
          "allocated_prioritized_space",
          "allocated_prioritized_space_usage",
          "planned_prioritized_space",
          "prio_space_percentage",
          "with_faster_ssd_as_cache");
  private static final List<String> POOL =
      List.of("id", "planned_prioritized_space", "prio_space_percentage");

  @Override
  public String path() {
    return "get-cluster-pin-in-performance-info";
  }

  @Override
  public Reply answer(Question question) {
    return question.read(transaction -> Reply.of(answer(question, transaction)));
  }

  private static ArrayNode answer(Question question, Transaction transaction) {
    var clusters = Clusters.objects(question, transaction);
    var ids = clusters.stream().map(GetClusterPinInPerformanceInfo::id).toList();
    var hostIds =
        transaction.related(HostRow.TYPE, "cluster", ids).stream().map(HostRow::id).toList();
    var poolIds =
        transaction.related(DiskPoolRow.TYPE, "host", hostIds).stream()
            .map(DiskPoolRow::id)
            .toList();
    var hosts = byOwner(question.objects(transaction, HostRow.TYPE, hostIds), "cluster");
    var pools = byOwner(question.objects(transaction, DiskPoolRow.TYPE, poolIds), "host");
    var answer = JsonNodeFactory.instance.arrayNode();
    for (var cluster : clusters) {
      var each = answer.addObject();
      copy(cluster, CLUSTER, each);
      var below = each.putArray("hosts");
      hosts.getOrDefault(id(cluster), List.of()).forEach(host -> add(below, host, pools));
    }
    return answer;
  }

  private static void add(ArrayNode hosts, JsonNode host, Map<String, List<JsonNode>> pools) {
    var each = hosts.addObject();
    copy(host, HOST, each);
    var below = each.putArray("disk_pools");
    pools.getOrDefault(id(host), List.of()).forEach(pool -> copy(pool, POOL, below.addObject()));
  }

  private static Map<String, List<JsonNode>> byOwner(List<JsonNode> objects, String owner) {
    return objects.stream().collect(Collectors.groupingBy(object -> id(object.path(owner))));
  }

  private static void copy(JsonNode from, List<String> fields, ObjectNode to) {
    fields.forEach(field -> to.set(field, from.required(field)));
  }

  private static String id(JsonNode object) {
    return object.required("id").textValue();
  }
}
