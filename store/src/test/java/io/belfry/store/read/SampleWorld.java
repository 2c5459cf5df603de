package io.belfry.store.read;

import io.belfry.query.layout.Column;
import io.belfry.query.layout.JoinTable;
import io.belfry.query.layout.Layout;
import io.belfry.schema.Entity;
import io.belfry.schema.Field;
import io.belfry.schema.Relations.Link;
import io.belfry.store.row.LocalizedText;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Random rows of some entities, with random relations among them, in memory and in a database.
final class SampleWorld {
  static final List<String> ENTITIES =
      List.of(
          "Datacenter",
          "Cluster",
          "Host",
          "Vm",
          "VmDisk",
          "VmVolume",
          "VmNic",
          "Vds",
          "Vlan",
          "Nic",
          "Label",
          "Alert",
          "GlobalAlertRule",
          "AlertRule",
          "Disk",
          "Zone",
          "IscsiLun",
          "IscsiLunSnapshot",
          "VirtualPrivateCloudNic",
          "VirtualPrivateCloudFloatingIp",
          "VirtualPrivateCloudService",
          "EverouteCluster",
          "Task");
  private static final int ROWS_AT_MOST = 9;

  private final Layout layout;
  private final SampleValues values;
  private final Map<String, List<SampleRow>> rows = new LinkedHashMap<>();
  private final List<Pair> pairs = new ArrayList<>();

  private record Pair(JoinTable table, SampleRow from, SampleRow to) {}

  SampleWorld(Layout layout, SampleValues values) {
    this.layout = layout;
    this.values = values;
    ENTITIES.forEach(name -> rows.put(name, rows(layout.schema().entity(name))));
    rows.values().forEach(all -> all.forEach(this::relate));
  }

  List<SampleRow> rows(String entity) {
    return rows.getOrDefault(entity, List.of());
  }

  private List<SampleRow> rows(Entity entity) {
    var count = values.random().nextInt(ROWS_AT_MOST + 1);
    var ids =
        IntStream.range(0, count)
            .mapToObj(i -> entity.name().toLowerCase(java.util.Locale.ROOT) + (i * 7 % 10));
    return ids.map(id -> row(entity, id)).collect(Collectors.toCollection(ArrayList::new));
  }

  private SampleRow row(Entity entity, String id) {
    var row = new SampleRow(entity, id);
    for (var field : entity.fields().values()) {
      var stored =
          !field.use().isRelation()
              && !field.name().equals("id")
              && !field.marks().whereOnly()
              && field.marks().computed().isEmpty();
      if (stored && (field.required() || values.chance(0.7))) {
        row.set(field.name(), values.stored(field));
      }
    }
    return row;
  }

  private void relate(SampleRow row) {
    for (var field : row.entity().fields().values()) {
      var others = field.use().isRelation() ? rows(field.target()) : List.<SampleRow>of();
      if (!others.isEmpty()) {
        relate(row, field, others);
      }
    }
  }

  private void relate(SampleRow row, Field field, List<SampleRow> others) {
    switch (layout.relations().link(row.entity(), field)) {
      case Link.Own _ -> {
        var other = values.oneOf(others);
        if ((field.required() || values.chance(0.8)) && isFree(field, other)) {
          link(row, field, other);
        }
      }
      case Link.Paired(var pair, var forward) when forward ->
          others.stream()
              .filter(_ -> values.chance(0.4))
              .forEach(other -> {
                link(row, field, other);
                pairs.add(new Pair(layout.joinTable(pair), row, other));
              });
      case Link.Paired _, Link.Inverse _ -> {}
    }
  }

  /// Of a one-to-one relation, the other end must not be taken.
  private static boolean isFree(Field field, SampleRow other) {
    var inverse = field.inverse();
    return inverse == null
        || other.entity().field(inverse).isToMany()
        || other.related(inverse).isEmpty();
  }

  private static void link(SampleRow row, Field field, SampleRow other) {
    row.relate(field.name(), other);
    if (field.inverse() != null) {
      other.relate(field.inverse(), row);
    }
  }

  void insert(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    for (var all : rows.values()) {
      for (var row : all) {
        insert(connection, row);
      }
    }
    for (var pair : pairs) {
      insert(connection, pair);
    }
    connection.commit();
  }

  private void insert(Connection connection, SampleRow row) throws SQLException {
    var table = layout.table(row.entity());
    var sql =
        "INSERT INTO %s (%s) VALUES (%s)"
            .formatted(
                Layout.qualified(table.name()),
                table.columns().stream()
                    .map(column -> Layout.quoted(column.name()))
                    .collect(Collectors.joining(", ")),
                table.columns().stream()
                    .map(column -> "?::text::" + column.type().sql())
                    .collect(Collectors.joining(", ")));
    try (var statement = connection.prepareStatement(sql)) {
      var index = 1;
      for (var column : table.columns()) {
        statement.setString(index++, text(row, column));
      }
      statement.executeUpdate();
    }
  }

  private static @Nullable String text(SampleRow row, Column column) {
    if (column.field().use().isRelation()) {
      return row.related(column.field().name()).stream()
          .findFirst()
          .map(SampleRow::id)
          .orElse(null);
    }
    var value = row.value(column.field().name());
    if (value instanceof LocalizedText(var english, var chinese)) {
      return column.name().equals(column.field().name()) ? english : chinese;
    }
    return value == null ? null : value.toString();
  }

  private static void insert(Connection connection, Pair pair) throws SQLException {
    var sql = "INSERT INTO %s VALUES (?, ?)".formatted(Layout.qualified(pair.table().name()));
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, pair.from().id());
      statement.setString(2, pair.to().id());
      statement.executeUpdate();
    }
  }
}
