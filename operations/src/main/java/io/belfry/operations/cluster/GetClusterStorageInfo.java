package io.belfry.operations.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.operations.Inquiry;
import io.belfry.operations.Question;
import io.belfry.operations.input.Params;
import io.belfry.problem.ProblemCode;
import java.util.List;

/// `get-cluster-storage-info`: what clusters have, and how much more of guests' data they could
/// take at each redundancy that is asked for.
final class GetClusterStorageInfo implements Inquiry {
  private static final String REPLICA = "replica";
  private static final String EC = "ec";
  private static final int MOST_REPLICAS = 3;
  private static final int MOST_FRAGMENTS = 32;

  /// Fields that say the same as the cluster's.
  private static final List<String> COPIED =
      List.of(
          "id",
          "name",
          "type",
          "stretch",
          "total_data_capacity",
          "used_data_space",
          "failure_data_space");

  @Override
  public String path() {
    return "get-cluster-storage-info";
  }

  @Override
  public Reply answer(Question question) {
    var effect = question.body().object("effect");
    var codes = effect.objects(EC);
    check(effect, codes);
    var clusters = question.read(transaction -> Clusters.objects(question, transaction));
    var answer = JsonNodeFactory.instance.arrayNode();
    clusters.forEach(cluster -> answer.add(storage(cluster, effect, codes)));
    return Reply.of(answer);
  }

  private static void check(Params effect, List<Params> codes) {
    for (var replicas : effect.ints(REPLICA)) {
      check(effect, REPLICA, replicas, MOST_REPLICAS);
    }
    for (var code : codes) {
      check(code, "k", code.intValue("k"), MOST_FRAGMENTS);
      check(code, "m", code.intValue("m"), MOST_FRAGMENTS);
    }
  }

  private static void check(Params params, String key, int value, int most) {
    if (value < 1 || value > most) {
      throw params.refused(
          ProblemCode.OUT_OF_RANGE,
          key,
          "%s.%s is %s: it must be from 1 to %s".formatted(params.path(), key, value, most));
    }
  }

  private static ObjectNode storage(JsonNode cluster, Params effect, List<Params> codes) {
    var info = JsonNodeFactory.instance.objectNode();
    COPIED.forEach(field -> info.set(field, cluster.path(field)));
    info.set("free_data_space", cluster.path("valid_data_space"));
    var free = Math.max(0, cluster.path("valid_data_space").doubleValue());
    var allocatable = info.putObject("allocable_storage_capacity");
    var replicas = allocatable.putArray(REPLICA);
    for (var number : effect.ints(REPLICA)) {
      replicas.addObject().put("replica_num", number).put("capacity", free / number);
    }
    var coded = allocatable.putArray(EC);
    for (var code : codes) {
      var k = code.intValue("k");
      var m = code.intValue("m");
      coded.addObject().put("k", k).put("m", m).put("capacity", free * k / (k + m));
    }
    return info;
  }
}
