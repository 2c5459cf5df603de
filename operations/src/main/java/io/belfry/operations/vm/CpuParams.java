package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.belfry.hypervisor.Cpu;
import io.belfry.operations.input.Params;
import io.belfry.problem.ProblemCode;

/// `vcpu`, `cpu_cores` (a socket) and `cpu_sockets` of a request: two of them give the third, and
/// all three must agree.
final class CpuParams {
  /// How many virtual CPUs one VM can have, be they given as `vcpu` or as a product.
  private static final int LIMIT = 1024;

  static final Cpu ONE = new Cpu(1, 1);

  private CpuParams() {}

  /// The CPUs that a request asks for.
  ///
  /// @param otherwise what stays where the request says nothing
  static Cpu read(Params params, Cpu otherwise) {
    var vcpu = params.optionalInt("vcpu");
    var cores = params.optionalInt("cpu_cores");
    var sockets = params.optionalInt("cpu_sockets");
    if (vcpu.isEmpty()) {
      return cpu(
          params, sockets.orElse(otherwise.sockets()), cores.orElse(otherwise.coresPerSocket()));
    }
    var given = vcpu.getAsInt();
    if (cores.isPresent()) {
      var fitting = given / cores.getAsInt();
      return agreeing(params, given, sockets.orElse(fitting), cores.getAsInt());
    }
    var known = sockets.orElse(1);
    return agreeing(params, given, known, given / known);
  }

  /// How a VM's `cpu` field shows them.
  static JsonNode json(Cpu cpu) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("cores", cpu.coresPerSocket())
        .put("sockets", cpu.sockets());
  }

  private static Cpu agreeing(Params params, int vcpu, int sockets, int cores) {
    if ((long) sockets * cores != vcpu) {
      throw params.refused(
          ProblemCode.OUT_OF_RANGE,
          "vcpu",
          "%s.vcpu is %s, but cpu_sockets × cpu_cores is %s × %s"
              .formatted(params.path(), vcpu, sockets, cores));
    }
    return cpu(params, sockets, cores);
  }

  private static Cpu cpu(Params params, int sockets, int cores) {
    if ((long) sockets * cores > LIMIT) {
      throw params.refused(
          ProblemCode.OUT_OF_RANGE,
          "cpu_cores",
          "%s: cpu_sockets × cpu_cores must be at most %s, not %s × %s"
              .formatted(params.path(), LIMIT, sockets, cores));
    }
    return new Cpu(sockets, cores);
  }
}
