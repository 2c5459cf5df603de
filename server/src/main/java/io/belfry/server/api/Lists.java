package io.belfry.server.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.problem.ProblemException;
import io.belfry.query.ListRequestParser;
import io.belfry.schema.Entity;
import io.belfry.schema.Operation;
import io.belfry.schema.Schema;
import io.belfry.server.http.Answer;
import io.belfry.store.read.CutAnswerException;
import io.belfry.store.read.EntityReader;
import java.util.HashMap;
import java.util.Map;

/// All list and count operations. A list goes from the database to the client while it is read.
public final class Lists {
  private final Schema schema;
  private final ListRequestParser requests;
  private final EntityReader reader;

  public Lists(Schema schema, ListRequestParser requests, EntityReader reader) {
    this.schema = schema;
    this.requests = requests;
    this.reader = reader;
  }

  /// What answers them, by the operation's path.
  public Map<String, OperationAnswer> answers() {
    var answers = new HashMap<String, OperationAnswer>();
    for (var operation : schema.operations().values()) {
      switch (operation.kind()) {
        case Operation.Kind.Listing(var entity) ->
            answers.put(operation.path(), call -> list(schema.entity(entity), call));
        case Operation.Kind.Counting(var entity) ->
            answers.put(operation.path(), call -> count(schema.entity(entity), call));
        case Operation.Kind.Custom _ -> {}
      }
    }
    return answers;
  }

  private Answer list(Entity entity, Call call) {
    var request = requests.parse(entity, call.body());
    return Answer.json(out -> {
      try {
        reader.write(request, call.language(), out);
      } catch (CutAnswerException e) {
        throw brokenOff(e); // still told to the client if nothing has been sent
      }
    });
  }

  private static ProblemException brokenOff(CutAnswerException cause) {
    return new ProblemException(
        new Problem(
            ProblemCode.DATABASE_UNAVAILABLE,
            "The database broke off the answer. Try again in a moment."),
        cause);
  }

  private Answer count(Entity entity, Call call) {
    var count = reader.count(requests.parse(entity, call.body()), call.language());
    var connection = JsonNodeFactory.instance.objectNode();
    connection.putObject("aggregate").put("count", count);
    return Answer.json(connection);
  }
}
