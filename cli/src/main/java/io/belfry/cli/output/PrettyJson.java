package io.belfry.cli.output;

import io.belfry.sdk.Json;
import java.util.Iterator;

/// JSON with a line for each value.
public final class PrettyJson {
  private static final String INDENT = "  ";

  private PrettyJson() {}

  public static String of(Json value) {
    var text = new StringBuilder();
    write(text, value, "");
    return text.toString();
  }

  private static void write(StringBuilder text, Json value, String indent) {
    if (value.isObject() && !value.fields().isEmpty()) {
      var fields = value.fields().entrySet().iterator();
      members(
          text,
          '{',
          '}',
          indent,
          fields,
          (field, inner) -> {
            text.append(Json.of(field.getKey())).append(": ");
            write(text, field.getValue(), inner);
          });
    } else if (value.isArray() && !value.elements().isEmpty()) {
      members(
          text,
          '[',
          ']',
          indent,
          value.elements().iterator(),
          (each, inner) -> write(text, each, inner));
    } else {
      text.append(value);
    }
  }

  private static <T> void members(
      StringBuilder text,
      char open,
      char close,
      String indent,
      Iterator<T> members,
      Member<T> member) {
    var inner = indent + INDENT;
    text.append(open);
    while (members.hasNext()) {
      text.append('\n').append(inner);
      member.write(members.next(), inner);
      text.append(members.hasNext() ? "," : "");
    }
    text.append('\n').append(indent).append(close);
  }

  private interface Member<T> {
    void write(T member, String indent);
  }
}
