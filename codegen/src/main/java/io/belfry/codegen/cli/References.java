package io.belfry.codegen.cli;

import io.belfry.schema.Derived;
import io.belfry.schema.Entity;
import io.belfry.schema.Field;
import io.belfry.schema.Schema;
import io.belfry.schema.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Which ids people may give by name instead.
final class References {
  private static final List<String> LABELS = List.of("name", "username", "hostname", "key");
  private static final List<String> ENDINGS = List.of("_ids", "_id");

  /// Where the field's name doesn't tell what it refers to.
  private static final Map<String, String> BY_FIELD =
      Map.ofEntries(
          Map.entry("owner", "User"),
          Map.entry("role", "UserRoleNext"),
          Map.entry("folder", "VmFolder"),
          Map.entry("vpc", "VirtualPrivateCloud"),
          Map.entry("connect_vlan", "Vlan"),
          Map.entry("src_vm", "Vm"),
          Map.entry("gpu", "GpuDevice"),
          Map.entry("volume", "VmVolume"),
          Map.entry("volume_snapshot", "VmVolumeSnapshot"),
          Map.entry("converted_from_template", "VmTemplate"),
          Map.entry("rebuild_from_snapshot", "VmSnapshot"),
          Map.entry("rebuild_target_cluster", "Cluster"),
          Map.entry("rebuild_target_host", "Host"));

  private static final String TEMPLATE = "template";
  private static final String LIBRARY_TEMPLATE = "ContentLibraryVmTemplate";
  private static final String SNAPSHOT = "snapshot";

  /// What the inputs end with that name one object.
  private static final String UNIQUE = "WhereUniqueInput";

  private final Schema schema;

  References(Schema schema) {
    this.schema = schema;
  }

  /// The entity that a field refers to by id, if its objects can be found by name.
  ///
  /// @param type the input or object that has the field
  Optional<Entity> target(String type, Field field) {
    if (field.type() != Type.Scalar.STRING) {
      return Optional.empty();
    }
    return noun(field)
        .flatMap(noun -> named(type, noun))
        .or(() -> unique(type, field))
        .filter(entity -> entity.listPath() != null && label(entity).isPresent());
  }

  private Optional<Entity> unique(String type, Field field) {
    return type.endsWith(UNIQUE) && field.name().equals("id")
        ? Optional.ofNullable(schema.entities().get(type.replace(UNIQUE, "")))
        : Optional.empty();
  }

  private static Optional<String> noun(Field field) {
    return ENDINGS.stream()
        .filter(field.name()::endsWith)
        .findFirst()
        .map(ending -> field.name().substring(0, field.name().length() - ending.length()));
  }

  private Optional<Entity> named(String type, String noun) {
    if (noun.equals(TEMPLATE)) {
      var entity = type.contains("ContentLibrary") ? LIBRARY_TEMPLATE : "VmTemplate";
      return Optional.of(schema.entity(entity));
    }
    if (noun.equals(SNAPSHOT)) {
      return Optional.of(schema.entity(snapshot(type)));
    }
    var name = BY_FIELD.getOrDefault(noun, Derived.camelCase(noun.replace('_', '-')));
    return Optional.ofNullable(schema.entities().get(name));
  }

  private static String snapshot(String type) {
    if (type.contains("Nvmf")) {
      return "NvmfNamespaceSnapshot";
    }
    return type.contains("Iscsi") ? "IscsiLunSnapshot" : "VmSnapshot";
  }

  /// The field that people know an object by.
  static Optional<Field> label(Entity entity) {
    return LABELS.stream()
        .flatMap(name -> Stream.ofNullable(entity.fields().get(name)))
        .filter(field -> field.type() == Type.Scalar.STRING && !field.isList())
        .findFirst();
  }
}
