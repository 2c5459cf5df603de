package io.belfry.benchmarks;

import io.belfry.sdk.ApiClient;
import io.belfry.sdk.Configuration;
import io.belfry.sdk.Credentials;
import io.belfry.sdk.Tasks;
import io.belfry.sdk.Transport;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Vm;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Belfry's SDK, used as its documents say.
public final class BelfrySdkClient implements SdkClient {
  private @Nullable ApiClient client;

  private ApiClient client() {
    if (client == null) {
      throw new IllegalStateException("connect first");
    }
    return client;
  }

  @Override
  public void connect(String url) {
    client = ApiClient.connect(url, Credentials.local("root", ServerProcess.PASSWORD));
  }

  @Override
  public long getVms(int first) {
    return memory(new VmApi(client()).getVms(q -> q.first(first)));
  }

  @Override
  public long decode(byte[] answer) {
    try (var canned =
        ApiClient.builder(Configuration.of("http://stub/v2/api"))
            .transport(new Canned(answer))
            .token("none")
            .build()) {
      return memory(new VmApi(canned).getVms());
    }
  }

  private static long memory(List<Vm> vms) {
    return vms.stream().mapToLong(Vm::memory).sum();
  }

  @Override
  public void waitForTasks(List<String> ids) {
    Tasks.waitTasks(ids, client(), Duration.ofMinutes(1), task -> {});
  }

  @Override
  public void close() {
    if (client != null) {
      client.close();
    }
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
