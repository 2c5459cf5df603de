package io.belfry.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.query.Language;
import io.belfry.query.layout.JoinTable;
import io.belfry.query.layout.Layout;
import io.belfry.query.layout.Table;
import io.belfry.schema.Entity;
import io.belfry.schema.Relations;
import io.belfry.store.read.EntityReader;
import io.belfry.store.row.Edit;
import io.belfry.store.row.RowType;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/// One transaction's view of the store. Belongs to the thread that got it, and ends with the call
/// that handed it out.
///
/// New rows and updates wait until they must be seen: until the same actor reads rows, until any
/// other statement, until many wait, or until the commit. Then a row is updated once, and rows that
/// set the same fields are written by one statement, the new ones first; all in one journey to the
/// database.
public final class Transaction {
  /// How many new rows wait at most, give or take those of one call.
  private static final int NEW_ROWS = 1_000;

  private final Connection connection;
  private final Journeys journeys;
  private final Layout layout;
  private final List<Runnable> afterCommit = new ArrayList<>();
  private final PendingEdits pending = new PendingEdits();
  private Actor actor = Actor.NOBODY;

  private boolean logged = true;
  private ToldLog told = new ToldLog(Map.of(), Actor.NOBODY, true);

  Transaction(Connection connection, Layout layout) {
    this.connection = connection;
    this.journeys = new Journeys(connection);
    this.layout = layout;
  }

  /// Sees one state of the database from here on, as nothing has been asked yet. By a statement:
  /// the JDBC way is one for the session before the transaction, and another afterwards.
  Transaction seeingOneState() {
    journeys.soon("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ", List.of());
    return this;
  }

  /// Where everything is kept.
  public Layout layout() {
    return layout;
  }

  /// The row with this id.
  public <R> Optional<R> find(RowType<R> type, String id) {
    return find(type, List.of(id)).stream().findFirst();
  }

  /// The rows with these ids, in the order of their ids; ids without a row are left out.
  public <R> List<R> find(RowType<R> type, Collection<String> ids) {
    return rows(type, "WHERE id = ANY (?) ORDER BY id", List.of(ids));
  }

  /// As [#find(RowType, Collection)], and nobody else changes the rows before this transaction
  /// ends.
  public <R> List<R> lock(RowType<R> type, Collection<String> ids) {
    return rows(type, "WHERE id = ANY (?) ORDER BY id FOR NO KEY UPDATE", List.of(ids));
  }

  /// As [#lock], and nobody gets to refer to the rows before this transaction ends, as one that
  /// deletes them may want to look for who does.
  public <R> List<R> lockToDelete(RowType<R> type, Collection<String> ids) {
    return rows(type, "WHERE id = ANY (?) ORDER BY id FOR UPDATE", List.of(ids));
  }

  /// The rows whose own relation leads to one of these ids, in the order of their ids.
  public <R> List<R> related(RowType<R> type, String relation, Collection<String> ids) {
    var table = layout.table(type.entity());
    var column = table.column(table.entity().field(relation)).name();
    return rows(
        type, "WHERE %s = ANY (?) ORDER BY id".formatted(Layout.quoted(column)), List.of(ids));
  }

  /// The rows that a clause of our own selects.
  ///
  /// @param clause from `WHERE` on, with `?` for each parameter; columns are named as [Layout]
  ///   names them
  public <R> List<R> rows(RowType<R> type, String clause, List<?> parameters) {
    if (pending.has(actor)) {
      writePending();
    }
    var table = layout.table(type.entity());
    var sql =
        "SELECT %s FROM %s %s"
            .formatted(RowReader.columns(table), Layout.qualified(table.name()), clause);
    var reader = new RowReader(table);
    return journeys.select(sql, parameters, row -> type.reader().apply(row.values(reader)));
  }

  /// Writes new rows, of any entities.
  public void insert(Collection<? extends Edit> edits) {
    edits.forEach(edit -> pending.insert(actor, edit));
    if (pending.inserts() >= NEW_ROWS) {
      writePending();
    }
  }

  public void insert(Edit edit) {
    insert(List.of(edit));
  }

  /// Changes the fields of an edit in all these rows; ids without a row are left out.
  public void update(Collection<String> ids, Edit edit) {
    if (pending.conflictsWith(actor, ids, edit)) {
      writePending();
    }
    pending.update(actor, ids, edit);
  }

  public void update(String id, Edit edit) {
    update(List.of(id), edit);
  }

  /// Removes rows. What refers to them must have been removed or unset, unless the schema lets go
  /// of it.
  ///
  /// @return how many rows there were
  public int delete(RowType<?> type, Collection<String> ids) {
    var table = Layout.qualified(layout.table(type.entity()).name());
    return execute("DELETE FROM %s WHERE id = ANY (?)".formatted(table), List.of(ids));
  }

  /// Relates a row to others by a many-to-many relation; pairs that exist already stay as they are.
  public void link(RowType<?> type, String relation, String id, Collection<String> others) {
    var paired = paired(type, relation);
    var columns = paired.columns();
    execute(
        "INSERT INTO %s (%s, %s) SELECT ?, unnest(?::text[]) ON CONFLICT DO NOTHING"
            .formatted(Layout.qualified(paired.table().name()), columns.own(), columns.other()),
        List.of(id, others));
  }

  /// Ends a many-to-many relation between a row and others.
  public void unlink(RowType<?> type, String relation, String id, Collection<String> others) {
    var paired = paired(type, relation);
    var columns = paired.columns();
    execute(
        "DELETE FROM %s WHERE %s = ? AND %s = ANY (?)"
            .formatted(Layout.qualified(paired.table().name()), columns.own(), columns.other()),
        List.of(id, others));
  }

  /// Makes others the only ones that a row is related to by a many-to-many relation.
  public void relink(RowType<?> type, String relation, String id, Collection<String> others) {
    var paired = paired(type, relation);
    var columns = paired.columns();
    execute(
        "DELETE FROM %s WHERE %s = ? AND %s <> ALL (?)"
            .formatted(Layout.qualified(paired.table().name()), columns.own(), columns.other()),
        List.of(id, others));
    link(type, relation, id, others);
  }

  /// The objects with these ids as the API shows them, in this order; ids of no object are left
  /// out.
  public List<JsonNode> objects(
      EntityReader reader, Entity entity, List<String> ids, Language language) {
    settle();
    return reader.objects(connection, entity, ids, language);
  }

  /// Waits until no other transaction excludes others from one of these things, and excludes others
  /// from all of them until this transaction ends. Whoever needs several should ask for them at
  /// once: then nobody waits for each other.
  ///
  /// @param things whatever all who are concerned call the same, as `mac 52:54:00:12:34:56`
  public void exclude(Collection<String> things) {
    journeys.select(
        """
        SELECT pg_advisory_xact_lock(hashtextextended(thing, 0))::text
        FROM unnest(?::text[]) AS given (thing)
        """,
        List.of(things.stream().distinct().sorted().toList()),
        _ -> true);
  }

  /// Runs a statement of our own, or several with semicolons between them: one after the other, in
  /// one journey to the database. It plans them only the first times that it is given the same
  /// ones.
  ///
  /// @param parameters strings, numbers, booleans, instants, JSON, null, or collections of strings
  ///   (as arrays); those of several statements in the order of their `?`
  /// @return how many rows were changed, all together
  public int execute(String sql, List<?> parameters) {
    writePending();
    announce(Map.of(), actor);
    return journeys.run(sql, parameters);
  }

  /// As [#execute], for one statement of which nobody needs to know more than that it runs before
  /// the next one, or the commit. It goes to the database together with that.
  public void executeSoon(String sql, List<?> parameters) {
    writePending();
    announce(Map.of(), actor);
    journeys.soon(sql, parameters);
  }

  /// As [#execute], for statements that change nothing but gauges. The revision log takes no note
  /// of those; told so, it doesn't look at each row for other changes, which takes it longer than
  /// writing the row.
  public int measure(String sql, List<?> parameters) {
    writePending();
    tellLog(new ToldLog(told.actors(), told.others(), false));
    return journeys.run(sql, parameters);
  }

  /// Leaves out of the revision log what this transaction changes from now on; see
  /// `RevisionLog.leaveOut` for what else that takes.
  public void leaveOutOfLog() {
    writePending();
    logged = false;
  }

  /// Runs a query of our own and maps each row. It may write, but only tables that hold no
  /// entities.
  public <T> List<T> query(String sql, List<?> parameters, Function<ResultRow, T> mapper) {
    writePending();
    return journeys.select(sql, parameters, mapper);
  }

  /// Tells on whose behalf this transaction changes what it changes from now on, for the revision
  /// log.
  public void actFor(Actor newActor) {
    actor = newActor;
  }

  /// Leaves nothing that waits: neither rows nor statements.
  void settle() {
    writePending();
    journeys.settle();
  }

  /// In one journey, however many entities there are.
  private void writePending() {
    var inserts = pending.takeInserts();
    var updates = pending.takeUpdates();
    if (inserts.isEmpty() && updates.isEmpty()) {
      return;
    }
    write(inserts, RowWriter::insert);
    write(updates, RowWriter::update);
    journeys.settle();
  }

  private void write(
      List<PendingEdits.Pending> edits,
      BiFunction<Table, PendingEdits.Alike, RowWriter.Statement> how) {
    if (edits.isEmpty()) {
      return;
    }
    var actors = PendingEdits.actors(edits);
    var one = Set.copyOf(actors.values());
    if (one.size() == 1) {
      announce(Map.of(), one.iterator().next());
    } else {
      announce(actors, Actor.NOBODY);
    }
    for (var alike : PendingEdits.groups(edits)) {
      var statement = how.apply(layout.table(alike.entity()), alike);
      journeys.soon(statement.sql(), statement.parameters());
    }
  }

  private void announce(Map<String, Actor> actors, Actor others) {
    tellLog(new ToldLog(actors, others, logged));
  }

  /// What the triggers of the revision log know of the changes that come next.
  ///
  /// @param actors by the ids of rows
  /// @param others who changes all other rows
  /// @param notes whether the log takes note of them
  private record ToldLog(Map<String, Actor> actors, Actor others, boolean notes) {}

  private void tellLog(ToldLog next) {
    if (next.equals(told)) {
      return;
    }
    told = next;
    journeys.soon(
        """
        SELECT set_config('belfry.task', ?, true),
               set_config('belfry.user', ?, true),
               set_config('belfry.actors', ?, true),
               set_config('belfry.log', ?, true)
        """,
        List.of(
            next.others().task(),
            next.others().user(),
            Actor.json(next.actors()),
            next.notes() ? "on" : "off"));
  }

  /// Runs when this transaction has been committed, on the same thread; never if it is not.
  public void afterCommit(Runnable action) {
    afterCommit.add(action);
  }

  /// Whether rows have been written by statements that return none.
  boolean hasChanged() {
    return journeys.haveChanged();
  }

  void committed() {
    afterCommit.forEach(Runnable::run);
  }

  private Paired paired(RowType<?> type, String relation) {
    var entity = layout.table(type.entity()).entity();
    var field = entity.field(relation);
    return switch (layout.relations().link(entity, field)) {
      case Relations.Link.Paired(var pairs, var forward) ->
          new Paired(layout.joinTable(pairs), forward);
      case Relations.Link.Own _, Relations.Link.Inverse _ ->
          throw new IllegalArgumentException(
              "%s.%s is not many-to-many".formatted(type.entity(), relation));
    };
  }

  /// A join table as one end of its relation sees it.
  private record Paired(JoinTable table, boolean forward) {
    Columns columns() {
      return forward
          ? new Columns(JoinTable.FROM, JoinTable.TO)
          : new Columns(JoinTable.TO, JoinTable.FROM);
    }

    private record Columns(String own, String other) {}
  }
}
