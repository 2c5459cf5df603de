package io.belfry.cli.command;

import io.belfry.cli.catalogue.OperationEntry;
import io.belfry.cli.context.Contexts;
import io.belfry.cli.output.PrettyJson;
import io.belfry.cli.shell.Surroundings;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.Json;
import io.belfry.sdk.Operation;
import org.jspecify.annotations.Nullable;

/// The server that commands speak to, connected when the first of them does.
public final class Server implements AutoCloseable {
  private final Surroundings surroundings;
  private final @Nullable String context;
  private final boolean explains;
  private @Nullable ApiClient client;

  /// @param context the context that was asked for; null for the usual one
  /// @param explains whether calls are shown before they are made
  public Server(Surroundings surroundings, @Nullable String context, boolean explains) {
    this.surroundings = surroundings;
    this.context = context;
    this.explains = explains;
  }

  /// Connects without logging in where nobody needs to.
  public ApiClient client() {
    if (client == null) {
      client = Contexts.of(surroundings).connect(context);
    }
    return client;
  }

  /// Calls an operation.
  public Json call(OperationEntry operation, Json body) {
    return call(operation.call(), body);
  }

  public Json call(Operation<Json> operation, Json body) {
    explain(operation, body);
    return client().call(operation, body);
  }

  /// Shows a call as one for curl.
  public void explain(Operation<?> operation, Json body) {
    if (!explains) {
      return;
    }
    var address = client().configuration().host() + "/" + operation.path();
    var token = operation.needsToken() ? " -H \"Authorization: $BELFRY_TOKEN\"" : "";
    var sent =
        switch (operation.encoding()) {
          case QUERY -> "";
          case JSON ->
              " -H 'Content-Type: application/json' -d '"
                  + PrettyJson.of(body).replace("'", "'\\''")
                  + "'";
          case MULTIPART -> " -F … # " + String.join(", ", body.fields().keySet());
        };
    surroundings.err().println("curl " + address + token + sent);
  }

  @Override
  public void close() {
    if (client != null) {
      client.close();
    }
  }
}
