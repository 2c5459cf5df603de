package io.belfry.server.http;

import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// What a client sent, its body not yet read. Belongs to the thread that handles it.
public final class Request {
  private final String id;
  private final Head head;
  private final BodySource body;
  private final BooleanSupplier stopping;
  private @Nullable String username;

  Request(String id, Head head, BodySource body, BooleanSupplier stopping) {
    this.id = id;
    this.head = head;
    this.body = body;
    this.stopping = stopping;
  }

  /// What stands before the body.
  ///
  /// @param path decoded, with single slashes
  /// @param query decoded; the first value of each name
  /// @param headers by name in lower case; the first value of each
  /// @param peer the client's network address
  record Head(
      String method,
      String path,
      Map<String, String> query,
      Map<String, String> headers,
      String peer) {
    Head {
      query = Map.copyOf(query);
      headers = Map.copyOf(headers);
    }
  }

  /// Where a body comes from.
  @FunctionalInterface
  interface BodySource {
    byte[] read();
  }

  /// Names this request in logs, and to the client as `x-tower-request-id`.
  public String id() {
    return id;
  }

  public String method() {
    return head.method();
  }

  /// The decoded path, with single slashes.
  public String path() {
    return head.path();
  }

  /// @param name in lower case
  public Optional<String> header(String name) {
    return Optional.ofNullable(head.headers().get(name));
  }

  public Optional<String> query(String name) {
    return Optional.ofNullable(head.query().get(name));
  }

  /// What follows the path after a question mark; the first value of each name.
  public Map<String, String> query() {
    return head.query();
  }

  /// Whether the server is about to stop, and waits for this request to end.
  public boolean serverStops() {
    return stopping.getAsBoolean();
  }

  /// The client's network address.
  public String peer() {
    return head.peer();
  }

  /// Reads the body; empty if there is none. Call it once.
  ///
  /// @throws io.belfry.problem.ProblemException if it is too large or takes too long
  public byte[] body() {
    return body.read();
  }

  /// Notes whose request this turned out to be, for the log.
  public void actsFor(String user) {
    username = user;
  }

  /// Whose request this is, as far as that is known.
  public Optional<String> username() {
    return Optional.ofNullable(username);
  }
}
