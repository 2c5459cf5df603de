package io.belfry.server.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.problem.ProblemException;
import io.belfry.server.http.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Reads the JSON of request bodies.
public final class JsonBodies {
  private static final int DEPTH = 100;
  private static final Pattern CHARSET = Pattern.compile("charset\\s*=\\s*\"?([^\\s;\"]+)");

  private static final ObjectMapper JSON =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEPTH).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private JsonBodies() {}

  /// The body as JSON; missing if there is none.
  public static JsonNode of(Request request) {
    requireReadable(request.header("content-type").orElse("").toLowerCase(Locale.ROOT));
    var body = request.body();
    return body.length == 0 ? MissingNode.getInstance() : parse(body);
  }

  /// Clients that call the content something else still mean JSON; but text in another charset
  /// would be misread.
  private static void requireReadable(String contentType) {
    if (contentType.startsWith("multipart/")) {
      throw malformed("The body must be JSON (Content-Type: application/json), not multipart.");
    }
    var charset = CHARSET.matcher(contentType);
    if (charset.find() && !charset.group(1).matches("utf-?8|us-ascii")) {
      throw malformed("The body must be JSON in UTF-8, not %s.".formatted(charset.group(1)));
    }
  }

  private static JsonNode parse(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (StreamConstraintsException e) {
      throw malformed("The body is beyond the limits of JSON here: " + e.getOriginalMessage());
    } catch (JsonProcessingException e) {
      var place = e.getLocation();
      throw new ProblemException(
          new Problem(
              ProblemCode.MALFORMED_REQUEST,
              "The body isn't JSON at line %s, column %s: %s"
                  .formatted(place.getLineNr(), place.getColumnNr(), e.getOriginalMessage()),
              Map.of("line", place.getLineNr(), "column", place.getColumnNr())),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ProblemException malformed(String message) {
    return new Problem(ProblemCode.MALFORMED_REQUEST, message).asException();
  }
}
