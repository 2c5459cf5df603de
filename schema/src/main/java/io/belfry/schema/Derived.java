package io.belfry.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What follows from an entity's fields: its filter keys, its orders, its list and count operations
/// and the names of their types. The only place that derives.
public final class Derived {
  private static final List<Operator> EQUALITY =
      List.of(Operator.IS, Operator.NOT, Operator.IN, Operator.NOT_IN);
  private static final List<Operator> ORDERING =
      List.of(
          Operator.IS,
          Operator.NOT,
          Operator.IN,
          Operator.NOT_IN,
          Operator.LT,
          Operator.LTE,
          Operator.GT,
          Operator.GTE);
  private static final List<Operator> TEXT =
      List.of(
          Operator.IS,
          Operator.NOT,
          Operator.IN,
          Operator.NOT_IN,
          Operator.LT,
          Operator.LTE,
          Operator.GT,
          Operator.GTE,
          Operator.CONTAINS,
          Operator.NOT_CONTAINS,
          Operator.STARTS_WITH,
          Operator.NOT_STARTS_WITH,
          Operator.ENDS_WITH,
          Operator.NOT_ENDS_WITH);

  private Derived() {}

  /// How a filter compares a field with the value it is given.
  public enum Operator {
    IS(""),
    NOT("_not"),
    IN("_in"),
    NOT_IN("_not_in"),
    LT("_lt"),
    LTE("_lte"),
    GT("_gt"),
    GTE("_gte"),
    CONTAINS("_contains"),
    NOT_CONTAINS("_not_contains"),
    STARTS_WITH("_starts_with"),
    NOT_STARTS_WITH("_not_starts_with"),
    ENDS_WITH("_ends_with"),
    NOT_ENDS_WITH("_not_ends_with"),
    EVERY("_every"),
    SOME("_some"),
    NONE("_none");

    private final String suffix;

    Operator(String suffix) {
      this.suffix = suffix;
    }

    /// What stands behind the field's name in a filter key; empty for [#IS].
    public String suffix() {
      return suffix;
    }

    /// Whether the operator takes a list of values.
    public boolean takesList() {
      return this == IN || this == NOT_IN;
    }
  }

  /// One key of a filter, such as `name_contains`.
  public record FilterKey(Field field, Operator operator) {
    public String key() {
      return field.wireName() + operator.suffix();
    }
  }

  /// The operators that a filter offers for a field; none where the field can't be filtered.
  public static List<Operator> operators(Field field) {
    if (field.isToOne()) {
      return List.of(Operator.IS);
    }
    if (field.isToMany()) {
      return List.of(Operator.EVERY, Operator.SOME, Operator.NONE);
    }
    if (!field.use().isComparable()) {
      return List.of();
    }
    return switch (field.type()) {
      case Type.Scalar.STRING -> TEXT;
      case Type.Scalar.BOOLEAN -> List.of(Operator.IS, Operator.NOT);
      case Type.Scalar _ -> ORDERING;
      default -> EQUALITY;
    };
  }

  /// The keys of an entity's filter, apart from `AND`, `OR` and `NOT`.
  public static List<FilterKey> filterKeys(Entity entity) {
    return entity.fields().values().stream()
        .flatMap(field -> operators(field).stream().map(each -> new FilterKey(field, each)))
        .toList();
  }

  /// Whether an order can name the field: a single value, be it a scalar, an enum or an embedded
  /// object.
  public static boolean isOrderable(Field field) {
    return !field.marks().whereOnly()
        && !field.isList()
        && !field.use().isRelation()
        && field.type() != Type.Scalar.UPLOAD;
  }

  /// The constants of an entity's order, `name_ASC`, `name_DESC` and so on.
  public static List<String> orders(Entity entity) {
    return entity.fields().values().stream()
        .filter(Derived::isOrderable)
        .flatMap(field -> List.of(field.wireName() + "_ASC", field.wireName() + "_DESC").stream())
        .toList();
  }

  /// The list and count operations of an entity, as far as it has them.
  static List<Operation> operations(Entity entity) {
    var http = new Operation.Http("POST", false, false, false);
    var request = new TypeUse(new Type.ListRequestRef(entity.name()), false, false);
    var rows = new TypeUse(new Type.EntityRef(entity.name()), true, true);
    var operations = new ArrayList<Operation>();
    if (entity.listPath() != null) {
      operations.add(
          new Operation(
              "get" + entity.plural(),
              entity.listPath(),
              entity.name(),
              http,
              new Operation.Kind.Listing(entity.name()),
              request,
              rows,
              "Lists objects of the kind " + entity.name() + "."));
    }
    if (entity.connectionPath() != null) {
      operations.add(
          new Operation(
              "get" + entity.plural() + "Connection",
              entity.connectionPath(),
              entity.name(),
              http,
              new Operation.Kind.Counting(entity.name()),
              request,
              rows,
              "Counts objects of the kind " + entity.name() + "."));
    }
    return operations;
  }

  public static String whereName(Entity entity) {
    return entity.name() + "WhereInput";
  }

  public static String orderByName(Entity entity) {
    return entity.name() + "OrderByInput";
  }

  public static String listRequestName(Entity entity) {
    return "Get" + entity.plural() + "RequestBody";
  }

  public static String connectionRequestName(Entity entity) {
    return "Get" + entity.plural() + "ConnectionRequestBody";
  }

  public static String connectionName(Entity entity) {
    return entity.name() + "Connection";
  }

  public static String nestedName(Entity entity) {
    return "Nested" + entity.name();
  }

  /// `content-library-images` → `ContentLibraryImages`.
  public static String camelCase(String kebab) {
    return Arrays.stream(kebab.split("-"))
        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
        .collect(Collectors.joining());
  }
}
