package io.belfry.sdk.api;

import io.belfry.sdk.ApiClient;
import io.belfry.sdk.CallOptions;
import io.belfry.sdk.Json;
import io.belfry.sdk.Operation;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/**
 * Operations of the group ApiInfo. Immutable and safe to share between threads.
 */
public final class ApiInfoApi {
  private final ApiClient client;

  public ApiInfoApi(ApiClient client) {
    this.client = client;
  }

  /**
   * The same operations, called with other options: {@code with(o -> o.language("zh-CN"))}.
   */
  public ApiInfoApi with(UnaryOperator<CallOptions> options) {
    return new ApiInfoApi(client.with(options));
  }

  /**
   * The same operations, answering with futures.
   */
  public Async async() {
    return new Async(client);
  }

  /**
   * The version of the API, as a JSON string.
   * <p>{@code GET /get-version}. Needs no token.
   */
  public String getApiVersion() {
    return getApiVersion(Json.object());
  }

  /**
   * The version of the API, as a JSON string.
   * <p>{@code GET /get-version}. Needs no token.
   */
  public String getApiVersion(Json body) {
    return client.call(Operation.text("get-version").get().open(), body);
  }

  /**
   * The operations of {@link ApiInfoApi}, answering with futures. Cancelling one gives up the call.
   */
  public static final class Async {
    private final ApiClient client;

    private Async(ApiClient client) {
      this.client = client;
    }

    /**
     * The same operations, called with other options: {@code with(o -> o.language("zh-CN"))}.
     */
    public Async with(UnaryOperator<CallOptions> options) {
      return new Async(client.with(options));
    }

    /**
     * The version of the API, as a JSON string.
     * <p>{@code GET /get-version}. Needs no token.
     */
    public CompletableFuture<String> getApiVersion() {
      return getApiVersion(Json.object());
    }

    /**
     * The version of the API, as a JSON string.
     * <p>{@code GET /get-version}. Needs no token.
     */
    public CompletableFuture<String> getApiVersion(Json body) {
      return client.callAsync(Operation.text("get-version").get().open(), body);
    }
  }
}
