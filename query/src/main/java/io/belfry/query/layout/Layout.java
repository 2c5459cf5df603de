package io.belfry.query.layout;

import static java.lang.Character.isDigit;
import static java.lang.Character.isLowerCase;
import static java.lang.Character.isUpperCase;
import static java.lang.Character.toLowerCase;

import io.belfry.schema.Entity;
import io.belfry.schema.Field;
import io.belfry.schema.Relations;
import io.belfry.schema.Schema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The tables of a schema. Immutable; share one.
///
/// An entity has a table, a stored field a column of its own name (a localized one two, a relation
/// that the row owns `<field>_id`), a many-to-many relation a join table.
public final class Layout {
  /// The PostgreSQL schema that holds all of them.
  public static final String NAMESPACE = "tower";

  static final String CHINESE_SUFFIX = "_zh_cn";

  private final Schema schema;
  private final Relations relations;
  private final Map<String, Table> tables;
  private final Map<Relations.Pairs, JoinTable> joinTables;

  private Layout(
      Schema schema,
      Relations relations,
      Map<String, Table> tables,
      Map<Relations.Pairs, JoinTable> joinTables) {
    this.schema = schema;
    this.relations = relations;
    this.tables = Collections.unmodifiableMap(tables);
    this.joinTables = Collections.unmodifiableMap(joinTables);
  }

  public static Layout of(Schema schema) {
    var relations = Relations.of(schema);
    var tables = new TreeMap<String, Table>();
    for (var entity : schema.entities().values()) {
      tables.put(entity.name(), table(relations, entity));
    }
    var joinTables = new TreeMap<Relations.Pairs, JoinTable>();
    for (var pairs : relations.pairs()) {
      var name = snakeCase(pairs.entity()) + "__" + snakeCase(pairs.field());
      var from = required(tables, pairs.entity());
      joinTables.put(pairs, new JoinTable(name, from, required(tables, pairs.other())));
    }
    return new Layout(schema, relations, tables, joinTables);
  }

  public Schema schema() {
    return schema;
  }

  public Relations relations() {
    return relations;
  }

  /// All entity tables, by entity name.
  public Collection<Table> tables() {
    return tables.values();
  }

  public Collection<JoinTable> joinTables() {
    return joinTables.values();
  }

  public Table table(Entity entity) {
    return table(entity.name());
  }

  /// @throws IllegalArgumentException if there is no such entity
  public Table table(String entity) {
    return required(tables, entity);
  }

  public JoinTable joinTable(Relations.Pairs pairs) {
    var table = joinTables.get(pairs);
    if (table == null) {
      throw new IllegalArgumentException("no join table for " + pairs);
    }
    return table;
  }

  /// A table's name for SQL, with its PostgreSQL schema: `tower."vm"`.
  public static String qualified(String table) {
    return NAMESPACE + "." + quoted(table);
  }

  /// A name for SQL; names come from the schema only and hold no quotes.
  public static String quoted(String name) {
    return '"' + name + '"';
  }

  private static Table required(Map<String, Table> tables, String entity) {
    var table = tables.get(entity);
    if (table == null) {
      throw new IllegalArgumentException("the schema has no entity " + entity);
    }
    return table;
  }

  private static Table table(Relations relations, Entity entity) {
    var columns = new ArrayList<Column>();
    for (var field : entity.fields().values()) {
      columns.addAll(columns(relations, entity, field));
    }
    return new Table(snakeCase(entity.name()), entity, columns);
  }

  private static List<Column> columns(Relations relations, Entity entity, Field field) {
    if (field.marks().whereOnly() || field.marks().computed().isPresent()) {
      return List.of();
    }
    if (field.use().isRelation()) {
      return relations.isOwn(entity, field)
          ? List.of(
              new Column(field.name() + "_id", SqlType.TEXT, field, snakeCase(field.target())))
          : List.of();
    }
    if (field.marks().localized()) {
      return List.of(
          new Column(field.name(), SqlType.TEXT, field, null),
          new Column(field.name() + CHINESE_SUFFIX, SqlType.TEXT, field, null));
    }
    return List.of(new Column(field.name(), SqlType.of(field), field, null));
  }

  /// `IscsiLunSnapshot` → `iscsi_lun_snapshot`.
  private static String snakeCase(String name) {
    var snake = new StringBuilder();
    for (var i = 0; i < name.length(); i++) {
      var beginsWord = i > 0 && isUpperCase(name.charAt(i)) && isLowerCaseOrDigit(name, i - 1);
      snake.append(beginsWord ? "_" : "").append(toLowerCase(name.charAt(i)));
    }
    return snake.toString();
  }

  private static boolean isLowerCaseOrDigit(String name, int index) {
    return isLowerCase(name.charAt(index)) || isDigit(name.charAt(index));
  }
}
