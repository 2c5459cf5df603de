package io.belfry.operations;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.operations.input.Params;
import io.belfry.problem.ProblemException;
import io.belfry.query.Condition;
import io.belfry.query.Language;
import io.belfry.query.ListRequest;
import io.belfry.query.ListRequestParser;
import io.belfry.query.Order;
import io.belfry.query.Paging;
import io.belfry.schema.Entity;
import io.belfry.store.Transaction;
import io.belfry.store.read.EntityReader;
import io.belfry.store.row.RowType;
import java.util.List;
import java.util.function.Function;

/// One call of an operation that only reads: what is asked, and how to look it up.
///
/// @param body the request's body, checked
/// @param language of the texts in the answer
public record Question(
    Tools tools, ListRequestParser requests, EntityReader reader, Params body, Language language) {

  /// Looks things up, all in one state of the store. Not to call the driver in.
  public <T> T read(Function<Transaction, T> work) {
    return tools.store().read(work);
  }

  /// A filter of the request over an entity; an absent one is everything, as an empty one is.
  public Condition condition(RowType<?> type, Params where) {
    return tools.wheres().parse(entity(type), where.json(), where.path());
  }

  /// That a relation of an entity leads to something that a condition holds for.
  public Condition related(RowType<?> type, String relation, Condition condition) {
    return new Condition.Related(entity(type).field(relation), condition);
  }

  /// The ids of the rows that a condition holds for, in order.
  ///
  /// @param limit how many at most
  public List<String> ids(
      Transaction transaction, RowType<?> type, Condition condition, int limit) {
    var entity = entity(type);
    var request = new ListRequest(entity, condition, Order.byId(entity), Paging.first(limit));
    return ids(transaction, request);
  }

  /// The ids of all rows that a condition holds for, in order. For what there are few of.
  public List<String> ids(Transaction transaction, RowType<?> type, Condition condition) {
    return ids(transaction, ListRequest.of(entity(type), condition));
  }

  /// The row with an id that the request names.
  ///
  /// @param parameter where in the body the id stands
  /// @throws ProblemException if there is none
  public <R> R require(Transaction transaction, RowType<R> type, String id, String parameter) {
    return transaction.find(type, id).orElseThrow(() -> Missing.row(type, id, parameter));
  }

  /// The id of the row that all fields of a filter fit, where one is meant.
  ///
  /// @throws ProblemException if there is none
  public String requireUnique(Transaction transaction, RowType<?> type, Params where) {
    return ids(transaction, type, condition(type, where), 1).stream()
        .findFirst()
        .orElseThrow(() -> Missing.row(type, where));
  }

  /// The ids of the rows that the body asks for, read as the body of a list operation.
  public List<String> listed(Transaction transaction, RowType<?> type) {
    return ids(transaction, requests.parse(entity(type), body.json()));
  }

  private List<String> ids(Transaction transaction, ListRequest request) {
    var sql = tools.compiler().ids(request, language);
    return transaction.query(sql.text(), sql.parameters(), row -> row.text(1));
  }

  /// The objects with these ids as the API shows them, in this order.
  public List<JsonNode> objects(Transaction transaction, RowType<?> type, List<String> ids) {
    return transaction.objects(reader, entity(type), ids, language);
  }

  private Entity entity(RowType<?> type) {
    return tools.store().layout().schema().entity(type.entity());
  }
}
