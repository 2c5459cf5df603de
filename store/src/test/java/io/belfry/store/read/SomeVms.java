package io.belfry.store.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.belfry.postgres.TestDatabase;
import io.belfry.query.Language;
import io.belfry.query.ListRequest;
import io.belfry.query.ListRequestParser;
import io.belfry.query.QueryLimits;
import io.belfry.query.WhereParser;
import io.belfry.query.layout.Layout;
import io.belfry.query.sql.QueryCompiler;
import io.belfry.schema.Schema;
import io.belfry.store.database.TestTables;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.StreamSupport;

/// A database with a few VMs, and a way to ask for them. Single quotes in JSON stand for double
/// ones.
final class SomeVms implements AutoCloseable {
  static final Layout LAYOUT = TestTables.LAYOUT;

  private static final Schema SCHEMA = LAYOUT.schema();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ListRequestParser PARSER =
      new ListRequestParser(
          SCHEMA, QueryLimits.DEFAULT, new WhereParser(SCHEMA, QueryLimits.DEFAULT));

  private final TestDatabase database;
  private final EntityReader reader;

  SomeVms() {
    this(TestTables.freshDatabase());
  }

  /// @param database with all tables
  SomeVms(TestDatabase database) {
    this.database = database;
    this.reader = reader(ReadSettings.DEFAULT);
  }

  EntityReader reader() {
    return reader;
  }

  EntityReader reader(ReadSettings settings) {
    return new EntityReader(database.dataSource(), new QueryCompiler(LAYOUT), settings);
  }

  void run(String sql) throws SQLException {
    try (var connection = database.connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static JsonNode json(String singleQuoted) {
    try {
      return JSON.readTree(singleQuoted.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(singleQuoted, e);
    }
  }

  static ListRequest request(String entity, String body) {
    return PARSER.parse(SCHEMA.entity(entity), json(body));
  }

  String answer(String entity, String body, Language language) throws IOException {
    var answer = new ByteArrayOutputStream();
    reader.write(request(entity, body), language, answer);
    return answer.toString(java.nio.charset.StandardCharsets.UTF_8);
  }

  List<JsonNode> list(String entity, String body) throws IOException {
    var tree = JSON.readTree(answer(entity, body, Language.EN_US));
    return StreamSupport.stream(tree.spliterator(), false).toList();
  }

  /// The ids of an answer, separated by blanks.
  String ids(String entity, String body) throws IOException {
    return String.join(
        " ", list(entity, body).stream().map(object -> object.get("id").textValue()).toList());
  }

  @Override
  public void close() {
    database.close();
  }
}
