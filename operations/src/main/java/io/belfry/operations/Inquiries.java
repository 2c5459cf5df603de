package io.belfry.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.belfry.operations.cluster.ClusterInquiries;
import io.belfry.operations.gpu.GpuInquiries;
import io.belfry.operations.input.BodyCheck;
import io.belfry.operations.input.Params;
import io.belfry.operations.metric.MetricInquiries;
import io.belfry.operations.protection.ProtectionInquiries;
import io.belfry.operations.vm.GetExportFileDownloadLinks;
import io.belfry.operations.vm.GetVmVncInfo;
import io.belfry.query.Language;
import io.belfry.query.ListRequestParser;
import io.belfry.schema.Operation;
import io.belfry.store.read.EntityReader;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// All inquiries that are built, by path, and the way of a call through one of them: check the
/// body, ask. Thread-safe.
public final class Inquiries {
  private final Tools tools;
  private final ListRequestParser requests;
  private final EntityReader reader;
  private final BodyCheck bodies;
  private final Map<String, Inquiry> inquiries;

  public Inquiries(Tools tools, ListRequestParser requests, EntityReader reader) {
    this.tools = tools;
    this.requests = requests;
    this.reader = reader;
    this.bodies = new BodyCheck(tools.store().layout().schema());
    var byPath = new TreeMap<String, Inquiry>();
    built().forEach(inquiry -> byPath.put(inquiry.path(), inquiry));
    this.inquiries = Collections.unmodifiableMap(byPath);
  }

  /// The inquiries that Belfry has built.
  public static List<Inquiry> built() {
    return Stream.of(
            ClusterInquiries.all(),
            GpuInquiries.all(),
            MetricInquiries.all(),
            ProtectionInquiries.all(),
            List.<Inquiry>of(new GetExportFileDownloadLinks(), new GetVmVncInfo()))
        .<Inquiry>flatMap(List::stream)
        .toList();
  }

  /// Whether there is an inquiry with this path here.
  public boolean isBuilt(String path) {
    return inquiries.containsKey(path);
  }

  /// Answers a call. A body that was left out counts as an empty one.
  ///
  /// @throws io.belfry.problem.ProblemException if the question makes no sense
  public Inquiry.Reply answer(Operation operation, JsonNode body, Language language) {
    var inquiry = inquiries.get(operation.path());
    if (inquiry == null) {
      throw new IllegalArgumentException(operation.path() + " is not built");
    }
    var given =
        body.isMissingNode() || body.isNull() ? JsonNodeFactory.instance.objectNode() : body;
    var checked = operation.bodyUse().map(use -> bodies.check(use, given)).orElse(given);
    return inquiry.answer(
        new Question(tools, requests, reader, new Params("body", checked), language));
  }
}
