package io.belfry.cli.where;

import io.belfry.cli.catalogue.Catalogue;
import io.belfry.cli.catalogue.Field;
import io.belfry.cli.shell.Failure;
import io.belfry.sdk.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The values in a condition.
record Literals(Catalogue catalogue, Tokens tokens, Instant now) {
  /// `(a, b, c)`.
  List<Json> list(Field field) {
    tokens.expect("(");
    var values = new ArrayList<Json>();
    do {
      values.add(one(field));
    } while (tokens.skip(","));
    tokens.expect(")");
    return values;
  }

  Json one(Field field) {
    var token = tokens.next("a value");
    if (!token.quoted() && token.text().equals("null")) {
      throw tokens.wrong(token, "write '%s is null' or 'is not null'".formatted(field.name()));
    }
    if (!token.quoted() && "(),=<>".contains(token.text())) {
      throw tokens.wrong(token, "expected a value");
    }
    try {
      return new Value(catalogue, now).of(field, token.text());
    } catch (Failure wrong) {
      throw tokens.wrong(token, String.valueOf(wrong.getMessage()));
    }
  }
}
