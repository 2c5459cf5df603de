package io.belfry.operations.task;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.belfry.operations.input.Params;
import io.belfry.problem.ProblemCode;
import io.belfry.store.row.LocalizedText;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/// Reads the parameters that publishing and updating a task have in common.
final class Published {
  private Published() {}

  static LocalizedText description(Params texts) {
    return new LocalizedText(texts.text("en-US"), texts.text("zh-CN"));
  }

  static ArrayNode steps(Params params) {
    var steps = JsonNodeFactory.instance.arrayNode();
    params
        .objects("steps")
        .forEach(step ->
            steps
                .addObject()
                .put("key", step.text("key"))
                .put("finished", step.flag("finished", false)));
    return steps;
  }

  /// A time, as the API writes times; null where there is none.
  static @Nullable Instant instant(Params params, String key) {
    var text = params.textOrNull(key);
    if (text == null) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw params.refused(
          ProblemCode.WRONG_TYPE,
          key,
          "%s.%s is %s: it must be a time such as 2026-01-31T08:00:00.000Z"
              .formatted(params.path(), key, text));
    }
  }
}
