package io.belfry.sdk;

import com.fasterxml.jackson.core.JsonParser;
import io.belfry.sdk.internal.JsonText;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// What came back from the server: the answer, or the exception to throw instead.
///
/// @param <A> the operation's answer
record Reply<A>(Operation<A> operation, ApiClient client) {
  static final String REQUEST_ID = "x-tower-request-id";
  private static final int MAX_EXCERPT = 200;
  private static final int PROXY_WANTS_USER = 407;

  /// @throws ApiException if it is not the answer that the operation promises
  A read(Transport.Response response) {
    if (response.status() / 100 != 2) {
      throw refusal(response);
    }
    try (var parser = JsonText.parser(response.body())) {
      if (parser.nextToken() == null) {
        throw new IOException("it is empty");
      }
      var answer = operation.answer().read(parser, client);
      requireEnd(parser);
      return answer;
    } catch (IOException | IllegalStateException unreadable) {
      var reason =
          "the answer can't be read: %s. It starts with: %s"
              .formatted(firstLine(unreadable), excerpt(response));
      throw new ApiException(failure(response, null, reason), unreadable);
    }
  }

  private static void requireEnd(JsonParser parser) throws IOException {
    if (parser.nextToken() != null) {
      throw new IOException("something follows the JSON value");
    }
  }

  /// What the server's refusal is to its caller.
  ApiException refusal(Transport.Response response) {
    var error = errorBody(response);
    var code = text(error, "code");
    var message = text(error, "message");
    var reason = message == null ? withoutMessage(response) : message;
    var failure = failure(response, code, reason);
    if (ResourceLockedException.CODE.equals(code)) {
      return new ResourceLockedException(failure, lockedResources(error));
    }
    return switch (response.status()) {
      case 401 -> new UnauthorizedException(failure);
      case 404 -> new NotFoundException(failure);
      default -> new ApiException(failure);
    };
  }

  private static String withoutMessage(Transport.Response response) {
    if (response.status() == PROXY_WANTS_USER) {
      return "the proxy wants to know who asks: give its address as"
          + " http://user:password@proxy.example:3128";
    }
    return response.body().length == 0
        ? "the server gave no reason"
        : "the server answered: " + excerpt(response);
  }

  private static Json errorBody(Transport.Response response) {
    try {
      var body = Json.parse(text(response));
      return body.isObject() ? body : Json.object();
    } catch (IllegalArgumentException noJson) {
      return Json.object();
    }
  }

  private static @Nullable String text(Json error, String key) {
    return error.get(key).value() instanceof String text ? text : null;
  }

  private static List<ResourceLockedException.LockedResource> lockedResources(Json error) {
    var props = error.get("props");
    if (!props.isObject() || !props.get("locked_resources").isArray()) {
      return List.of();
    }
    return props.get("locked_resources").elements().stream()
        .filter(Json::isObject)
        .map(each ->
            new ResourceLockedException.LockedResource(
                String.valueOf(text(each, "id")), String.valueOf(text(each, "type"))))
        .toList();
  }

  /// What to throw where there is no answer.
  ApiException none(Throwable failure) {
    var cause = unwrapped(failure);
    if (cause instanceof ApiException loginFailed) {
      return loginFailed;
    }
    var failed = ApiException.Failure.of(operation.path(), 0, reason(cause));
    return new NoAnswerException(failed, cause);
  }

  private static Throwable unwrapped(Throwable failure) {
    var isWrapper = failure instanceof CompletionException || failure instanceof ExecutionException;
    return isWrapper && failure.getCause() != null ? unwrapped(failure.getCause()) : failure;
  }

  private String reason(Throwable cause) {
    var host = client.configuration().host();
    if (cause instanceof HttpConnectTimeoutException) {
      return "no connection to %s in time".formatted(host);
    }
    if (cause instanceof HttpTimeoutException || cause instanceof TimeoutException) {
      return "no complete answer from %s in time".formatted(host);
    }
    if (cause instanceof ConnectException) {
      return "no connection to %s: is the server running?".formatted(host);
    }
    if (cause instanceof SSLException) {
      return "%s is not trusted (%s): see Configuration.trustPem, pinCertificate and clientCertificate"
          .formatted(host, firstLine(cause));
    }
    if (cause instanceof InterruptedException) {
      return "the waiting thread was interrupted";
    }
    return "no answer from %s: %s".formatted(host, firstLine(cause));
  }

  private static String firstLine(Throwable cause) {
    var message = cause.getMessage();
    return message == null
        ? cause.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }

  private ApiException.Failure failure(
      Transport.Response response, @Nullable String code, String reason) {
    return new ApiException.Failure(
        operation.path(),
        response.status(),
        code,
        reason,
        response.header(REQUEST_ID).orElse(null),
        text(response));
  }

  private static String excerpt(Transport.Response response) {
    var text = text(response);
    return text.length() <= MAX_EXCERPT ? text : text.substring(0, MAX_EXCERPT) + "…";
  }

  private static String text(Transport.Response response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }
}
