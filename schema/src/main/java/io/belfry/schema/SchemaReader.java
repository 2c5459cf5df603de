package io.belfry.schema;

import graphql.language.Argument;
import graphql.language.BooleanValue;
import graphql.language.Definition;
import graphql.language.Description;
import graphql.language.Directive;
import graphql.language.DirectivesContainer;
import graphql.language.EnumTypeDefinition;
import graphql.language.EnumValue;
import graphql.language.FieldDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.IntValue;
import graphql.language.ListType;
import graphql.language.NonNullType;
import graphql.language.ObjectTypeDefinition;
import graphql.language.ObjectTypeExtensionDefinition;
import graphql.language.StringValue;
import graphql.language.TypeName;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import graphql.parser.ParserEnvironment;
import graphql.parser.ParserOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Turns schema files into a [Schema]: parses them, resolves every name, adds the derived list and
/// count operations, and hands the result to [SchemaValidation].
final class SchemaReader {
  private static final ParserOptions OPTIONS =
      ParserOptions.getDefaultParserOptions()
          .transform(options ->
              options
                  .maxTokens(Integer.MAX_VALUE)
                  .maxCharacters(Integer.MAX_VALUE)
                  .maxWhitespaceTokens(Integer.MAX_VALUE)
                  .captureIgnoredChars(false)
                  .captureLineComments(false));

  private final List<String> faults = new ArrayList<>();
  private final Map<String, ObjectTypeDefinition> entityDefinitions = new TreeMap<>();
  private final Map<String, ObjectTypeDefinition> objectDefinitions = new TreeMap<>();
  private final Map<String, InputObjectTypeDefinition> inputDefinitions = new TreeMap<>();
  private final Map<String, EnumTypeDefinition> enumDefinitions = new TreeMap<>();
  private final List<FieldDefinition> operationDefinitions = new ArrayList<>();

  /// Entities by the name of their list request.
  private final Map<String, String> listRequests = new HashMap<>();

  private SchemaReader() {}

  /// @throws InvalidSchemaException with every fault found
  static Schema read(SchemaFiles files) {
    var reader = new SchemaReader();
    for (var source : files.texts()) {
      reader.parse(source);
    }
    var schema = reader.resolve();
    reader.faults.addAll(SchemaValidation.faults(schema));
    if (!reader.faults.isEmpty()) {
      throw new InvalidSchemaException(reader.faults);
    }
    return schema;
  }

  private void parse(SchemaFiles.Source source) {
    try {
      var environment =
          ParserEnvironment.newParserEnvironment()
              .document(source.text())
              .parserOptions(OPTIONS)
              .build();
      for (Definition<?> definition : Parser.parse(environment).getDefinitions()) {
        collect(definition);
      }
    } catch (InvalidSyntaxException e) {
      faults.add(source.name() + ": " + e.getMessage());
    }
  }

  private void collect(Definition<?> definition) {
    switch (definition) {
      case ObjectTypeExtensionDefinition type when type.getName().equals("Operation") ->
          operationDefinitions.addAll(type.getFieldDefinitions());
      case ObjectTypeDefinition type when type.getName().equals("Operation") -> {}
      case ObjectTypeDefinition type when type.hasDirective("entity") ->
          add(entityDefinitions, type.getName(), type);
      case ObjectTypeDefinition type -> add(objectDefinitions, type.getName(), type);
      case InputObjectTypeDefinition type -> add(inputDefinitions, type.getName(), type);
      case EnumTypeDefinition type -> add(enumDefinitions, type.getName(), type);
      default -> {} // scalars and directives are this reader's own vocabulary
    }
  }

  private <T> void add(Map<String, T> definitions, String name, T definition) {
    if (definitions.put(name, definition) != null) {
      faults.add(name + ": defined twice");
    }
  }

  private Schema resolve() {
    var entities = new TreeMap<String, Entity>();
    entityDefinitions.forEach(this::addListRequest);
    entityDefinitions.forEach((name, definition) -> entities.put(name, entity(definition)));
    var objects = new TreeMap<String, ObjectType>();
    objectDefinitions.forEach((name, definition) -> objects.put(name, object(definition)));
    var inputs = new TreeMap<String, InputType>();
    inputDefinitions.forEach((name, definition) -> {
      if (definition.hasDirective("output")) {
        objects.put(name, output(definition));
      }
      inputs.put(name, input(definition));
    });
    var enums = new TreeMap<String, EnumType>();
    enumDefinitions.forEach((name, definition) -> enums.put(name, enumType(definition)));
    return new Schema(entities, objects, inputs, enums, operations(entities.values()));
  }

  /// Before any field is read, because a field may be such a request.
  private void addListRequest(String name, ObjectTypeDefinition definition) {
    var entity = entity(definition, Map.of());
    if (entity.listPath() != null) {
      listRequests.put(Derived.listRequestName(entity), name);
    }
  }

  private Entity entity(ObjectTypeDefinition definition) {
    return entity(definition, fields(definition.getName(), definition.getFieldDefinitions()));
  }

  private static Entity entity(ObjectTypeDefinition definition, Map<String, Field> fields) {
    var entity = new Arguments(definition, "entity");
    var list = entity.text("list").orElse(null);
    var plural = entity.text("plural").orElseGet(() -> list == null ? "" : pluralOf(list));
    var nested = entity.text("nested").map(names -> List.of(names.split(" "))).orElse(List.of());
    return new Entity(
        definition.getName(),
        list,
        entity.text("connection").orElse(null),
        plural,
        nested,
        fields,
        doc(definition.getDescription()));
  }

  private ObjectType object(ObjectTypeDefinition definition) {
    return new ObjectType(
        definition.getName(),
        definition.hasDirective("embedded"),
        fields(definition.getName(), definition.getFieldDefinitions()),
        doc(definition.getDescription()));
  }

  private ObjectType output(InputObjectTypeDefinition definition) {
    return new ObjectType(
        definition.getName(), false, inputFields(definition), doc(definition.getDescription()));
  }

  private InputType input(InputObjectTypeDefinition definition) {
    return new InputType(
        definition.getName(), inputFields(definition), doc(definition.getDescription()));
  }

  private Map<String, Field> inputFields(InputObjectTypeDefinition definition) {
    var fields = new LinkedHashMap<String, Field>();
    for (var value : definition.getInputValueDefinitions()) {
      var use = use(definition.getName() + "." + value.getName(), value.getType());
      var wire = new Arguments(value, "wire").text("value").orElse(value.getName());
      fields.put(
          value.getName(),
          new Field(
              value.getName(),
              wire,
              use,
              null,
              marks(definition.getName() + "." + value.getName(), value, null),
              doc(value.getDescription())));
    }
    return fields;
  }

  private EnumType enumType(EnumTypeDefinition definition) {
    var constants =
        definition.getEnumValueDefinitions().stream()
            .map(value ->
                new EnumType.Constant(
                    value.getName(),
                    new Arguments(value, "wire").text("value").orElse(value.getName()),
                    doc(value.getDescription())))
            .toList();
    return new EnumType(definition.getName(), constants, doc(definition.getDescription()));
  }

  private Map<String, Field> fields(String owner, List<FieldDefinition> definitions) {
    var fields = new LinkedHashMap<String, Field>();
    for (var definition : definitions) {
      var name = definition.getName();
      var wire = new Arguments(definition, "wire").text("value").orElse(name);
      var inverse = new Arguments(definition, "inverse").text("field").orElse(null);
      var field =
          new Field(
              name,
              wire,
              use(owner + "." + name, definition.getType()),
              inverse,
              marks(owner + "." + name, definition, computed(definition).orElse(null)),
              doc(definition.getDescription()));
      if (fields.put(name, field) != null) {
        faults.add(owner + "." + name + ": defined twice");
      }
    }
    return fields;
  }

  private Field.Marks marks(
      String path, DirectivesContainer<?> definition, @Nullable Computed computed) {
    return new Field.Marks(
        definition.hasDirective("whereOnly"),
        definition.hasDirective("localized"),
        definition.hasDirective("gauge"),
        computed,
        unit(path, definition).orElse(null),
        limits(path, new Arguments(definition, "limit")));
  }

  private Optional<Unit> unit(String path, DirectivesContainer<?> definition) {
    var directive = new Arguments(definition, "unit");
    if (!directive.present()) {
      return Optional.empty();
    }
    var name = directive.constant("of").orElse("");
    var unit = Arrays.stream(Unit.values()).filter(each -> each.name().equals(name)).findFirst();
    if (unit.isEmpty()) {
      faults.add(path + ": no such unit: " + name);
    }
    return unit;
  }

  private Limits limits(String path, Arguments limit) {
    if (!limit.present()) {
      return Limits.NONE;
    }
    var limits =
        new Limits(
            limit.range("minLength", "maxLength"),
            limit.range("min", "max"),
            limit.range("minItems", "maxItems"),
            limit.flag("late"));
    if (limits.isNone()) {
      faults.add(path + ": the limit limits nothing");
    }
    return limits;
  }

  private static Optional<Computed> computed(FieldDefinition definition) {
    var count = new Arguments(definition, "count");
    if (count.present()) {
      return Optional.of(new Computed.Count(count.path(), count.where()));
    }
    var exists = new Arguments(definition, "exists");
    if (exists.present()) {
      return Optional.of(new Computed.Exists(exists.path(), exists.where()));
    }
    var sum = new Arguments(definition, "sum");
    if (sum.present()) {
      return Optional.of(
          new Computed.Sum(sum.path(), sum.text("field").orElseThrow(), sum.where()));
    }
    var formula = new Arguments(definition, "formula");
    return formula
        .text("terms")
        .map(terms -> new Computed.Formula(List.of(terms.trim().split("\\s+"))));
  }

  private TypeUse use(String path, graphql.language.Type<?> type) {
    return switch (type) {
      case NonNullType required -> {
        var inner = use(path, required.getType());
        yield new TypeUse(inner.type(), inner.list(), true);
      }
      case ListType list -> new TypeUse(use(path, list.getType()).type(), true, false);
      case TypeName name -> new TypeUse(named(path, name.getName()), false, false);
      default -> throw new IllegalStateException("no such type node: " + type);
    };
  }

  private Type named(String path, String name) {
    for (var scalar : Type.Scalar.values()) {
      if (scalar.sdlName().equals(name)) {
        return scalar;
      }
    }
    if (entityDefinitions.containsKey(name)) {
      return new Type.EntityRef(name);
    }
    if (objectDefinitions.containsKey(name)) {
      return new Type.ObjectRef(name);
    }
    if (inputDefinitions.containsKey(name)) {
      return inputDefinitions.get(name).hasDirective("output") && !path.contains("Params")
          ? new Type.ObjectRef(name)
          : new Type.InputRef(name);
    }
    if (enumDefinitions.containsKey(name)) {
      return new Type.EnumRef(name);
    }
    var derived = derived(name);
    if (derived.isEmpty()) {
      faults.add(path + ": no such type: " + name);
    }
    return derived.orElse(Type.Scalar.JSON);
  }

  private Optional<Type> derived(String name) {
    if (name.endsWith("WhereInput")) {
      var entity = name.substring(0, name.length() - "WhereInput".length());
      return entityDefinitions.containsKey(entity)
          ? Optional.of(new Type.WhereRef(entity))
          : Optional.empty();
    }
    return Optional.ofNullable(listRequests.get(name)).map(Type.ListRequestRef::new);
  }

  private Map<String, Operation> operations(Iterable<Entity> entities) {
    var operations = new TreeMap<String, Operation>();
    for (var definition : operationDefinitions) {
      add(operations, operation(definition));
    }
    for (var entity : entities) {
      Derived.operations(entity).forEach(operation -> add(operations, operation));
    }
    return operations;
  }

  private void add(Map<String, Operation> operations, Operation operation) {
    if (operations.put(operation.path(), operation) != null) {
      faults.add("Operation." + operation.name() + ": path used twice: " + operation.path());
    }
  }

  private Operation operation(FieldDefinition definition) {
    var op = new Arguments(definition, "op");
    var path = "Operation." + definition.getName();
    var method = op.text("method").orElse("POST");
    var argument = method.equals("GET") ? "query" : "body";
    var sent =
        definition.getInputValueDefinitions().stream()
            .filter(each -> each.getName().equals(argument))
            .findFirst()
            .map(each -> use("%s(%s)".formatted(path, argument), each.getType()))
            .orElse(null);
    return new Operation(
        definition.getName(),
        op.text("path").orElse(""),
        op.text("group").orElse(""),
        new Operation.Http(method, op.flag("public"), op.flag("task"), op.flag("multipart")),
        new Operation.Kind.Custom(),
        sent,
        use(path, definition.getType()),
        doc(definition.getDescription()));
  }

  /// `get-vms` → `Vms`.
  private static String pluralOf(String listPath) {
    return Derived.camelCase(listPath.substring("get-".length()));
  }

  private static String doc(@Nullable Description description) {
    return description == null ? "" : description.getContent().strip();
  }

  /// The arguments of one directive on one definition.
  private record Arguments(@Nullable Directive directive) {
    Arguments(DirectivesContainer<?> container, String name) {
      this(container.getDirectives(name).stream().findFirst().orElse(null));
    }

    boolean present() {
      return directive != null;
    }

    Optional<String> text(String name) {
      return argument(name).map(argument -> ((StringValue) argument.getValue()).getValue());
    }

    Optional<String> constant(String name) {
      return argument(name).map(argument -> ((EnumValue) argument.getValue()).getName());
    }

    Limits.Range range(String least, String most) {
      return new Limits.Range(
          number(least).orElse(Limits.Range.ANY.least()),
          number(most).orElse(Limits.Range.ANY.most()));
    }

    private Optional<Long> number(String name) {
      return argument(name)
          .map(argument -> ((IntValue) argument.getValue()).getValue().longValueExact());
    }

    List<Computed.Step> path() {
      return Computed.Step.path(text("of").orElseThrow());
    }

    String where() {
      return text("where").orElse("{}");
    }

    boolean flag(String name) {
      return argument(name)
          .map(argument -> ((BooleanValue) argument.getValue()).isValue())
          .orElse(false);
    }

    private Optional<Argument> argument(String name) {
      return Optional.ofNullable(directive).map(found -> found.getArgument(name));
    }
  }
}
