package io.belfry.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The schema and the rights as the build has read and checked them, in a form that a starting
/// program reads in a fraction of the time that parsing takes. Written and read by the same build,
/// so it has no versions: what is written first is read first.
final class CompiledSchema {
  private static final String SCHEMA = "/schema/schema.bin";
  private static final String RIGHTS = "/schema/rights.bin";

  private CompiledSchema() {}

  /// Reads and checks the schema files, and writes what programs read when they start: part of the
  /// build of this module.
  ///
  /// @param arguments the folder of this module's classes
  /// @throws InvalidSchemaException with every fault found
  public static void main(String[] arguments) throws IOException {
    var schema = SchemaReader.read(SchemaFiles.bundled());
    var rights = RightsReader.read(SchemaFiles.rights(), schema);
    Files.write(Path.of(arguments[0] + SCHEMA), bytes(schema));
    Files.write(Path.of(arguments[0] + RIGHTS), bytes(rights));
  }

  static Schema bundledSchema() {
    return schema(resource(SCHEMA));
  }

  static Rights bundledRights() {
    return rights(resource(RIGHTS));
  }

  private static byte[] resource(String name) {
    try (var in = CompiledSchema.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the build: mvn compile makes it");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] bytes(Schema schema) {
    var bytes = new ByteArrayOutputStream();
    new Writer(new DataOutputStream(bytes)).schema(schema);
    return bytes.toByteArray();
  }

  static byte[] bytes(Rights rights) {
    var bytes = new ByteArrayOutputStream();
    new Writer(new DataOutputStream(bytes)).rights(rights);
    return bytes.toByteArray();
  }

  static Schema schema(byte[] bytes) {
    return new Reader(ByteBuffer.wrap(bytes)).schema();
  }

  static Rights rights(byte[] bytes) {
    return new Reader(ByteBuffer.wrap(bytes)).rights();
  }

  /// Writes each thing in the order of its components.
  private record Writer(DataOutputStream out) {
    void schema(Schema schema) {
      map(schema.entities(), this::entity);
      map(schema.objects(), this::object);
      map(schema.inputs(), this::input);
      map(schema.enums(), this::enumType);
      map(schema.operations(), this::operation);
    }

    void rights(Rights rights) {
      map(rights.actions(), this::text);
    }

    private void entity(Entity entity) {
      text(entity.name());
      optional(entity.listPath(), this::text);
      optional(entity.connectionPath(), this::text);
      text(entity.plural());
      list(entity.nested(), this::text);
      map(entity.fields(), this::field);
      text(entity.doc());
    }

    private void object(ObjectType object) {
      text(object.name());
      flag(object.embedded());
      map(object.fields(), this::field);
      text(object.doc());
    }

    private void input(InputType input) {
      text(input.name());
      map(input.fields(), this::field);
      text(input.doc());
    }

    private void enumType(EnumType type) {
      text(type.name());
      list(
          type.constants(),
          constant -> {
            text(constant.name());
            text(constant.wireName());
            text(constant.doc());
          });
      text(type.doc());
    }

    private void operation(Operation operation) {
      text(operation.name());
      text(operation.path());
      text(operation.group());
      text(operation.http().method());
      flag(operation.http().isPublic());
      flag(operation.http().task());
      flag(operation.http().multipart());
      kind(operation.kind());
      optional(operation.sent(), this::use);
      use(operation.result());
      text(operation.doc());
    }

    private void kind(Operation.Kind kind) {
      switch (kind) {
        case Operation.Kind.Listing(var entity) -> tagged(0, entity);
        case Operation.Kind.Counting(var entity) -> tagged(1, entity);
        case Operation.Kind.Custom _ -> tag(2);
      }
    }

    private void field(Field field) {
      text(field.name());
      text(field.wireName());
      use(field.use());
      optional(field.inverse(), this::text);
      marks(field.marks());
      text(field.doc());
    }

    private void marks(Field.Marks marks) {
      flag(marks.whereOnly());
      flag(marks.localized());
      flag(marks.gauge());
      optional(marks.computation(), this::computed);
      optional(marks.unitOrNull(), unit -> text(unit.name()));
      range(marks.limits().length());
      range(marks.limits().value());
      range(marks.limits().items());
      flag(marks.limits().late());
    }

    private void range(Limits.Range range) {
      number(range.least());
      number(range.most());
    }

    private void computed(Computed computed) {
      switch (computed) {
        case Computed.Count(var path, var where) -> {
          tagged(0, where);
          list(path, this::step);
        }
        case Computed.Exists(var path, var where) -> {
          tagged(1, where);
          list(path, this::step);
        }
        case Computed.Sum(var path, var field, var where) -> {
          tagged(2, where);
          text(field);
          list(path, this::step);
        }
        case Computed.Formula(var terms) -> {
          tag(3);
          list(terms, this::text);
        }
      }
    }

    private void step(Computed.Step step) {
      switch (step) {
        case Computed.Step.Along(var field) -> tagged(0, field);
        case Computed.Step.Back(var entity, var field) -> {
          tagged(1, entity);
          text(field);
        }
      }
    }

    private void use(TypeUse use) {
      type(use.type());
      flag(use.list());
      flag(use.required());
    }

    private void type(Type type) {
      switch (type) {
        case Type.Scalar scalar -> tagged(0, scalar.name());
        case Type.EnumRef(var name) -> tagged(1, name);
        case Type.ObjectRef(var name) -> tagged(2, name);
        case Type.EntityRef(var name) -> tagged(3, name);
        case Type.InputRef(var name) -> tagged(4, name);
        case Type.WhereRef(var entity) -> tagged(5, entity);
        case Type.ListRequestRef(var entity) -> tagged(6, entity);
      }
    }

    private void tagged(int tag, String text) {
      tag(tag);
      text(text);
    }

    private <T> void optional(@Nullable T value, Consumer<T> writing) {
      flag(value != null);
      if (value != null) {
        writing.accept(value);
      }
    }

    private <T> void map(Map<String, T> map, Consumer<T> writing) {
      count(map.size());
      map.forEach((key, value) -> {
        text(key);
        writing.accept(value);
      });
    }

    private <T> void list(List<T> list, Consumer<T> writing) {
      count(list.size());
      list.forEach(writing);
    }

    private void text(String text) {
      var bytes = text.getBytes(UTF_8);
      count(bytes.length);
      put(() -> out.write(bytes));
    }

    private void count(int count) {
      put(() -> out.writeInt(count));
    }

    private void number(long number) {
      put(() -> out.writeLong(number));
    }

    private void flag(boolean flag) {
      put(() -> out.writeBoolean(flag));
    }

    private void tag(int tag) {
      put(() -> out.writeByte(tag));
    }

    private static void put(Putting putting) {
      try {
        putting.put();
      } catch (IOException e) {
        throw new UncheckedIOException(e); // into memory
      }
    }

    private interface Putting {
      void put() throws IOException;
    }
  }

  /// Reads what [Writer] writes.
  private record Reader(ByteBuffer in) {
    Schema schema() {
      return new Schema(
          map(this::entity),
          map(this::object),
          map(this::input),
          map(this::enumType),
          map(this::operation));
    }

    Rights rights() {
      return new Rights(map(this::text));
    }

    private Entity entity() {
      return new Entity(
          text(),
          optional(this::text),
          optional(this::text),
          text(),
          list(this::text),
          map(this::field),
          text());
    }

    private ObjectType object() {
      return new ObjectType(text(), flag(), map(this::field), text());
    }

    private InputType input() {
      return new InputType(text(), map(this::field), text());
    }

    private EnumType enumType() {
      return new EnumType(
          text(), list(() -> new EnumType.Constant(text(), text(), text())), text());
    }

    private Operation operation() {
      return new Operation(
          text(),
          text(),
          text(),
          new Operation.Http(text(), flag(), flag(), flag()),
          kind(),
          optional(this::use),
          use(),
          text());
    }

    private Operation.Kind kind() {
      return switch (tag()) {
        case 0 -> new Operation.Kind.Listing(text());
        case 1 -> new Operation.Kind.Counting(text());
        default -> new Operation.Kind.Custom();
      };
    }

    private Field field() {
      return new Field(text(), text(), use(), optional(this::text), marks(), text());
    }

    private Field.Marks marks() {
      return new Field.Marks(
          flag(),
          flag(),
          flag(),
          optional(this::computed),
          optional(() -> Unit.valueOf(text())),
          new Limits(range(), range(), range(), flag()));
    }

    private Limits.Range range() {
      return new Limits.Range(number(), number());
    }

    private Computed computed() {
      return switch (tag()) {
        case 0 -> {
          var where = text();
          yield new Computed.Count(list(this::step), where);
        }
        case 1 -> {
          var where = text();
          yield new Computed.Exists(list(this::step), where);
        }
        case 2 -> {
          var where = text();
          var field = text();
          yield new Computed.Sum(list(this::step), field, where);
        }
        default -> new Computed.Formula(list(this::text));
      };
    }

    private Computed.Step step() {
      return tag() == 0 ? new Computed.Step.Along(text()) : new Computed.Step.Back(text(), text());
    }

    private TypeUse use() {
      return new TypeUse(type(), flag(), flag());
    }

    private Type type() {
      return switch (tag()) {
        case 0 -> Type.Scalar.valueOf(text());
        case 1 -> new Type.EnumRef(text());
        case 2 -> new Type.ObjectRef(text());
        case 3 -> new Type.EntityRef(text());
        case 4 -> new Type.InputRef(text());
        case 5 -> new Type.WhereRef(text());
        default -> new Type.ListRequestRef(text());
      };
    }

    private <T> @Nullable T optional(Supplier<T> reading) {
      return flag() ? reading.get() : null;
    }

    private <T> Map<String, T> map(Supplier<T> reading) {
      var map = new LinkedHashMap<String, T>();
      for (var left = in.getInt(); left > 0; left--) {
        map.put(text(), reading.get());
      }
      return map;
    }

    private <T> List<T> list(Supplier<T> reading) {
      var list = new ArrayList<T>();
      for (var left = in.getInt(); left > 0; left--) {
        list.add(reading.get());
      }
      return list;
    }

    private String text() {
      var bytes = new byte[in.getInt()];
      in.get(bytes);
      return new String(bytes, UTF_8);
    }

    private long number() {
      return in.getLong();
    }

    private boolean flag() {
      return in.get() != 0;
    }

    private int tag() {
      return in.get();
    }
  }
}
