package io.belfry.store.database;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import io.belfry.query.layout.Column;
import io.belfry.query.layout.JoinTable;
import io.belfry.query.layout.Layout;
import io.belfry.query.layout.SqlType;
import io.belfry.schema.Type;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What a layout needs the database to have, and the script that adds what is missing.
///
/// Only ids are `NOT NULL`: whether a field is required is checked where it is written, so that any
/// column can be added to a table with rows.
record WantedTables(
    List<Table> tables,
    List<Index> indexes,
    List<ForeignKey> foreignKeys,
    List<LogTrigger> triggers) {
  private static final Set<String> CREATION_TIMES = Set.of("createdAt", "local_created_at");
  private static final int LONGEST_NAME = 63;

  /// @param key the primary key's columns
  record Table(String name, List<TableColumn> columns, List<String> key) {}

  record TableColumn(String name, String type) {}

  /// @param over what is indexed, as SQL
  record Index(String name, String table, String over) {}

  /// @param onDelete what happens to the row when the one it refers to is deleted
  record ForeignKey(String name, String table, String column, String target, String onDelete) {}

  /// @param trigramSchema where the operators for text search live, if they exist
  static WantedTables of(Layout layout, Optional<String> trigramSchema) {
    var wanted =
        new WantedTables(
            new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    layout.tables().forEach(table -> wanted.add(table, trigramSchema));
    for (var pairs : layout.relations().pairs()) {
      wanted.add(layout.joinTable(pairs), pairs.field());
    }
    return wanted;
  }

  private void add(io.belfry.query.layout.Table table, Optional<String> trigramSchema) {
    var columns =
        table.columns().stream()
            .map(column -> new TableColumn(column.name(), column.type().sql()))
            .toList();
    tables.add(new Table(table.name(), columns, List.of("id")));
    for (var column : table.columns()) {
      addIndexes(table.name(), column, trigramSchema);
      column
          .referencedTable()
          .ifPresent(target -> {
            var onDelete = column.field().required() ? "NO ACTION" : "SET NULL";
            addForeignKey(table.name(), column.name(), target, onDelete);
          });
    }
    triggers.addAll(LogTrigger.of(table));
  }

  /// The indexes that people's filters and orders use, each with the id that breaks ties.
  private void addIndexes(String table, Column column, Optional<String> trigramSchema) {
    var isStatus = column.name().equals("status") && column.field().type() instanceof Type.EnumRef;
    var isName = column.name().equals("name") && column.type() == SqlType.TEXT;
    if (column.references() != null
        || isStatus
        || isName
        || CREATION_TIMES.contains(column.name())) {
      addIndex(table, column.name(), "(%s, \"id\")".formatted(Layout.quoted(column.name())));
    }
    if (column.name().equals("local_id")) {
      addIndex(table, column.name(), "(\"local_id\")");
    }
    if (isName) {
      trigramSchema.ifPresent(schema ->
          indexes.add(
              new Index(
                  name(table, column.name(), "trgm"),
                  table,
                  "USING gin (\"name\" %s.gin_trgm_ops)".formatted(Layout.quoted(schema)))));
    }
  }

  /// Both ways: the key serves one direction, an index the other.
  private void add(JoinTable table, String relation) {
    var from = Layout.quoted(JoinTable.FROM);
    var to = Layout.quoted(JoinTable.TO);
    var columns =
        List.of(
            new TableColumn(JoinTable.FROM, SqlType.TEXT.sql()),
            new TableColumn(JoinTable.TO, SqlType.TEXT.sql()));
    tables.add(new Table(table.name(), columns, List.of(JoinTable.FROM, JoinTable.TO)));
    addIndex(table.name(), JoinTable.TO, "(%s, %s)".formatted(to, from));
    addForeignKey(table.name(), JoinTable.FROM, table.from().name(), "CASCADE");
    addForeignKey(table.name(), JoinTable.TO, table.to().name(), "CASCADE");
    triggers.addAll(LogTrigger.of(table, relation));
  }

  private void addIndex(String table, String column, String over) {
    indexes.add(new Index(name(table, column, "idx"), table, over));
  }

  private void addForeignKey(String table, String column, String target, String onDelete) {
    foreignKeys.add(new ForeignKey(name(table, column, "fk"), table, column, target, onDelete));
  }

  /// A name within PostgreSQL's limit; what is cut off lives on in a hash.
  private static String name(String table, String column, String kind) {
    var name = table + "__" + column + "__" + kind;
    if (name.length() <= LONGEST_NAME) {
      return name;
    }
    var hash = sha256(name).substring(0, 8);
    return name.substring(0, LONGEST_NAME - hash.length() - 1) + "_" + hash;
  }

  /// The same for the same wanted tables, in whichever process.
  String fingerprint() {
    return sha256(missingFrom(ExistingTables.NONE));
  }

  /// The statements that add what the database lacks; empty if it lacks nothing.
  ///
  /// @throws io.belfry.problem.ProblemException if a column is there with another type
  String missingFrom(ExistingTables existing) {
    requireSameTypes(existing);
    var order = existing.sortByCodePoint() ? " COLLATE \"C\"" : "";
    var script = new ArrayList<String>();
    if (!existing.namespace()) {
      script.add("CREATE SCHEMA " + Layout.NAMESPACE);
    }
    for (var table : tables) {
      if (!existing.has(table)) {
        script.add(create(table, order));
      } else {
        table.columns().stream()
            .filter(column -> existing.type(table.name(), column.name()).isEmpty())
            .forEach(column -> script.add(create(table, column, order)));
      }
    }
    foreignKeys.stream()
        .filter(key -> !existing.others().contains(key.name()))
        .forEach(key -> script.add(create(key)));
    indexes.stream()
        .filter(index -> !existing.others().contains(index.name()))
        .forEach(index -> script.add(create(index)));
    script.addAll(otherTriggers(existing));
    return String.join(";\n", script);
  }

  private List<String> otherTriggers(ExistingTables existing) {
    var script = new ArrayList<String>();
    var wanted =
        triggers.stream()
            .collect(
                groupingBy(LogTrigger::table, TreeMap::new, mapping(LogTrigger::name, toSet())));
    wanted.forEach((table, names) ->
        existing.triggers(table).stream()
            .filter(name -> name.startsWith(LogTrigger.PREFIX) && !names.contains(name))
            .forEach(name -> script.add(LogTrigger.drop(table, name))));
    triggers.stream()
        .filter(trigger -> !existing.triggers(trigger.table()).contains(trigger.name()))
        .forEach(trigger -> script.add(trigger.create()));
    return script;
  }

  private void requireSameTypes(ExistingTables existing) {
    var changes = new ArrayList<String>();
    for (var table : tables) {
      for (var column : table.columns()) {
        existing
            .type(table.name(), column.name())
            .filter(type -> !type.equals(column.type()))
            .ifPresent(type ->
                changes.add(
                    "%s.%s.%s is %s and would have to be %s"
                        .formatted(
                            Layout.NAMESPACE, table.name(), column.name(), type, column.type())));
      }
    }
    if (!changes.isEmpty()) {
      throw Unavailable.because(
          "The database was made for another schema: %s. Belfry doesn't convert columns: do it by hand (ALTER TABLE … ALTER COLUMN … TYPE …), or start the version that made the database."
              .formatted(String.join("; ", changes)));
    }
  }

  private static String create(Table table, String order) {
    var lines = new ArrayList<String>();
    table.columns().forEach(column -> lines.add(definition(column, order)));
    lines.add("PRIMARY KEY (%s)".formatted(String.join(", ", quoted(table.key()))));
    return "CREATE TABLE %s (%s)"
        .formatted(Layout.qualified(table.name()), String.join(", ", lines));
  }

  private static String create(Table table, TableColumn column, String order) {
    return "ALTER TABLE %s ADD COLUMN %s"
        .formatted(Layout.qualified(table.name()), definition(column, order));
  }

  /// Checked at commit, so that rows which refer to each other can be written in any order.
  private static String create(ForeignKey key) {
    return "ALTER TABLE %s ADD CONSTRAINT %s FOREIGN KEY (%s) REFERENCES %s ON DELETE %s DEFERRABLE INITIALLY DEFERRED"
        .formatted(
            Layout.qualified(key.table()),
            Layout.quoted(key.name()),
            Layout.quoted(key.column()),
            Layout.qualified(key.target()),
            key.onDelete());
  }

  private static String create(Index index) {
    return "CREATE INDEX %s ON %s %s"
        .formatted(Layout.quoted(index.name()), Layout.qualified(index.table()), index.over());
  }

  /// @param order how texts are sorted
  private static String definition(TableColumn column, String order) {
    var isText = column.type().equals(SqlType.TEXT.sql());
    return Layout.quoted(column.name()) + " " + column.type() + (isText ? order : "");
  }

  private static List<String> quoted(List<String> names) {
    return names.stream().map(Layout::quoted).toList();
  }

  private static String sha256(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
