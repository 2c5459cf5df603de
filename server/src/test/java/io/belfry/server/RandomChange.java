package io.belfry.server;

import java.util.List;
import java.util.Random;

/// Statements that change rows of a simulated data centre: in ways in which operations do, and in
/// others.
final class RandomChange {
  private static final List<String> NAMED =
      List.of("host", "vlan", "vm", "vm_snapshot", "vm_volume");
  private static final List<String> REMOVABLE =
      List.of("alert", "label", "vm", "vm_disk", "vm_folder", "vm_nic", "vm_snapshot", "vm_volume");
  private static final List<String> PAIRED = List.of("vlan", "vm", "vm_snapshot", "vm_volume");

  private RandomChange() {}

  static String next(Random random) {
    return switch (random.nextInt(8)) {
      case 0, 1 -> {
        var table = any(NAMED, random);
        yield "UPDATE tower.%s SET name = name || '+' WHERE id = (%s)"
            .formatted(table, row(table, "id", random));
      }
      case 2, 3 -> {
        var table = any(REMOVABLE, random);
        yield "DELETE FROM tower.%s WHERE id = (%s)".formatted(table, row(table, "id", random));
      }
      case 4 ->
          """
          INSERT INTO tower.label (id, key, value, "createdAt")
          VALUES (gen_random_uuid(), 'new', 'new', now())
          """;
      // Gone, and there again as another.
      case 5 ->
          """
          INSERT INTO tower.label (id, key, value, "createdAt")
          SELECT id, 'again', 'again', now()
          FROM belfry_seed.label AS seed
          WHERE NOT EXISTS (SELECT FROM tower.label WHERE label.id = seed.id)
          """;
      case 6 -> {
        var table = any(PAIRED, random);
        yield """
        INSERT INTO tower.label__%1$ss (from_id, to_id)
        VALUES ((%2$s), (%3$s))
        ON CONFLICT DO NOTHING
        """
            .formatted(table, row("label", "id", random), row(table, "id", random));
      }
      default ->
          "DELETE FROM tower.label__vms WHERE from_id = (%s)"
              .formatted(row("label__vms", "from_id", random));
    };
  }

  private static String row(String table, String key, Random random) {
    return "SELECT %1$s FROM tower.%2$s ORDER BY md5(%1$s || '%3$s') LIMIT 1"
        .formatted(key, table, random.nextInt());
  }

  private static String any(List<String> tables, Random random) {
    return tables.get(random.nextInt(tables.size()));
  }
}
