package io.belfry.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import io.belfry.benchmarks.Benchmarks.Result;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.Configuration;
import io.belfry.sdk.Transport;
import io.belfry.sdk.api.VmApi;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// Turning 10,000 VMs into objects with the SDK, compared with a bare streaming parser that looks
/// at every token of the same bytes and keeps none.
final class DecodeBenchmark implements Benchmarks.Benchmark {
  private static final int VMS = 10_000;
  private static final int CALLS = 9;

  @Override
  public List<Result> run() throws Exception {
    var bytes = vms();
    var factory = new JsonFactory();
    var floor = Load.medianMillis(CALLS, () -> tokens(factory, bytes));
    try (var client =
        ApiClient.builder(Configuration.of("http://stub/v2/api"))
            .transport(new Canned(bytes))
            .build()
            .withToken("none")) {
      var api = new VmApi(client);
      var ours = Load.medianMillis(CALLS, () -> read(api));
      return List.of(
          new Result(
              "decode 10,000 VMs (%.1f MB)".formatted(bytes.length / 1e6),
              "ms",
              ours,
              "bare token scan",
              floor));
    }
  }

  /// Decodes all VMs and looks at something of each.
  private static long read(VmApi api) {
    return api.getVms(q -> q.first(VMS)).stream()
        .mapToLong(vm -> vm.memory() + vm.name().length())
        .sum();
  }

  /// The bytes that a real server answers.
  private static byte[] vms() throws Exception {
    try (var server =
            ServerProcess.start(ServerProcess.temporaryDirectory(), "--simulate", VMS + "-vms");
        var http = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create(server.url() + "/get-vms"))
              .header("content-type", "application/json")
              .header("authorization", server.token())
              .POST(HttpRequest.BodyPublishers.ofString("{\"first\": %d}".formatted(VMS)))
              .build();
      return http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
    }
  }

  private static long tokens(JsonFactory factory, byte[] bytes) throws IOException {
    var count = 0L;
    try (var parser = factory.createParser(bytes)) {
      while (parser.nextToken() != null) {
        count++;
      }
    }
    return count;
  }

  /// Answers every request with the same bytes.
  private record Canned(Response response) implements Transport {
    Canned(byte[] bytes) {
      this(new Response(200, Map.of("content-type", "application/json"), bytes));
    }

    @Override
    public CompletableFuture<Response> send(Request request) {
      return CompletableFuture.completedFuture(response);
    }
  }
}
