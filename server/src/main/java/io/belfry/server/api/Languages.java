package io.belfry.server.api;

import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.query.Language;
import io.belfry.server.http.Request;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/// The language that a request asks for. The guide misspells the header, so both spellings count.
public final class Languages {
  private static final String HEADER = "content-language";
  private static final String ALIAS = "content_language";

  private Languages() {}

  /// @throws io.belfry.problem.ProblemException if the request asks for another one
  public static Language of(Request request) {
    var tag = request.header(HEADER).or(() -> request.header(ALIAS)).orElse("");
    if (tag.isBlank()) {
      return Language.EN_US;
    }
    return Language.byTag(tag)
        .orElseThrow(() ->
            new Problem(
                    ProblemCode.UNKNOWN_LANGUAGE,
                    "The header %s is %s: it must be one of %s".formatted(HEADER, tag, known()),
                    Map.of("header", HEADER, "value", tag))
                .asException());
  }

  private static String known() {
    return Arrays.stream(Language.values()).map(Language::tag).collect(Collectors.joining(", "));
  }
}
