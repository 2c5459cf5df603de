package io.belfry.store.read;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.belfry.problem.ProblemException;
import io.belfry.query.Language;
import io.belfry.query.ListRequest;
import io.belfry.query.sql.QueryCompiler;
import io.belfry.query.sql.SelectStatement;
import io.belfry.schema.Entity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/// Reads objects of the API. Thread-safe; each call takes one connection for as long as it runs.
///
/// Every method throws [ProblemException] if the database can't be reached, or if it works on the
/// query for longer than [ReadSettings#timeLimit].
public final class EntityReader {
  /// What has been written stays as it is when an answer breaks off: no brackets are closed.
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .configure(StreamWriteFeature.AUTO_CLOSE_TARGET, false)
          .configure(StreamWriteFeature.AUTO_CLOSE_CONTENT, false)
          .build();

  private static final ObjectMapper TREES = new ObjectMapper();

  private final DataSource database;
  private final QueryCompiler compiler;
  private final ReadSettings settings;

  public EntityReader(DataSource database, QueryCompiler compiler, ReadSettings settings) {
    this.database = database;
    this.compiler = compiler;
    this.settings = settings;
  }

  /// Writes the requested objects as a JSON array while they are read.
  ///
  /// @throws ProblemException before anything has been written
  /// @throws CutAnswerException if the answer breaks off
  /// @throws IOException if it can't be written
  public void write(ListRequest request, Language language, OutputStream answer)
      throws IOException {
    write(compiler.list(request, language), answer);
  }

  /// How many objects match, whatever part of them is requested.
  public long count(ListRequest request, Language language) {
    var sql = compiler.count(request.entity(), request.condition(), language);
    try (var query = Query.run(database, sql, settings)) {
      query.results().next();
      return query.results().getLong(1);
    } catch (SQLException e) {
      throw Failure.of(e, settings);
    }
  }

  /// The objects with these ids, in this order, as a transaction sees them that goes on afterwards;
  /// ids of no object are left out. For short lists.
  ///
  /// @param connection the transaction's
  public List<JsonNode> objects(
      Connection connection, Entity entity, List<String> ids, Language language) {
    var statement = compiler.objects(entity, ids, language);
    var answer = new ByteArrayOutputStream();
    try (var query = Query.within(connection, statement.sql(), settings);
        var json = JSON.createGenerator(answer)) {
      write(statement, query, json);
      json.flush();
      var objects = new ArrayList<JsonNode>();
      TREES.readTree(answer.toByteArray()).forEach(objects::add);
      return objects;
    } catch (SQLException e) {
      throw Failure.of(e, settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The objects with these ids, in this order, as they are now; ids of no object are left out. For
  /// short lists.
  public List<JsonNode> objects(Entity entity, List<String> ids, Language language) {
    try (var connection = database.getConnection()) {
      return objects(connection, entity, ids, language);
    } catch (SQLException e) {
      throw Failure.of(e, settings);
    }
  }

  private void write(SelectStatement statement, OutputStream answer) throws IOException {
    try (var query = run(statement);
        var json = JSON.createGenerator(answer)) {
      write(statement, query, json);
    } catch (SQLException e) {
      throw new CutAnswerException(e);
    }
  }

  private Query run(SelectStatement statement) {
    try {
      return Query.run(database, statement.sql(), settings);
    } catch (SQLException e) {
      throw Failure.of(e, settings);
    }
  }

  private static void write(SelectStatement statement, Query query, JsonGenerator json)
      throws IOException, SQLException {
    var objects = new ObjectWriter(json);
    var row = new RowCells(query.results());
    json.writeStartArray();
    while (query.results().next()) {
      objects.write(statement.properties(), row);
    }
    json.writeEndArray();
  }
}
