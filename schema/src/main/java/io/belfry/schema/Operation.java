package io.belfry.schema;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Something a client can call.
///
/// @param name the method's name in a client, `getVms`
/// @param path below the base path, `get-vms`
/// @param group the API class that holds it, `Vm`
/// @param http how it is called
/// @param kind list, count or anything else
/// @param sent the type of the body or, of a GET, of the query; absent where there is none
/// @param result the answer's type, before it is wrapped with a task
/// @param doc sentences for people
public record Operation(
    String name,
    String path,
    String group,
    Http http,
    Kind kind,
    @Nullable TypeUse sent,
    TypeUse result,
    String doc) {

  /// How an operation is called.
  ///
  /// @param method `POST` or `GET`
  /// @param isPublic whether it needs no token
  /// @param task whether each result comes as `{task_id, data}`
  /// @param multipart whether the body is `multipart/form-data` instead of JSON
  public record Http(String method, boolean isPublic, boolean task, boolean multipart) {}

  /// What answers an operation.
  public sealed interface Kind {
    /// Lists an entity.
    record Listing(String entity) implements Kind {}

    /// Counts an entity.
    record Counting(String entity) implements Kind {}

    /// Has code of its own.
    record Custom() implements Kind {}
  }

  public Optional<TypeUse> bodyUse() {
    return isGet() ? Optional.empty() : Optional.ofNullable(sent);
  }

  /// The parameters in the address.
  public Optional<TypeUse> queryUse() {
    return isGet() ? Optional.ofNullable(sent) : Optional.empty();
  }

  private boolean isGet() {
    return http.method().equals("GET");
  }

  /// The operation's name as CloudTower's error bodies spell it, `GetVms`.
  public String operationName() {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }
}
