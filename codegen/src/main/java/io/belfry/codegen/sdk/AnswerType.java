package io.belfry.codegen.sdk;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import io.belfry.schema.Field;
import io.belfry.schema.Type;
import java.time.Instant;
import java.util.List;

/// How a field of an answer is typed in Java, and how a shape reads it.
///
/// @param java one value, boxed
/// @param reader the call of the shape's builder, up to the names: `text(`
record AnswerType(TypeName java, CodeBlock reader) {
  private static final ClassName LIST = ClassName.get(List.class);

  static AnswerType of(Field field) {
    return field.isList() ? list(field.type()) : single(field.type());
  }

  private static AnswerType single(Type type) {
    return switch (type) {
      case Type.Scalar.STRING -> of(String.class, "text(");
      case Type.Scalar.DATE_TIME -> of(Instant.class, "text(");
      case Type.Scalar.INT -> of(Integer.class, "ints(");
      case Type.Scalar.LONG -> of(Long.class, "longs(");
      case Type.Scalar.FLOAT -> of(Double.class, "doubles(");
      case Type.Scalar.BOOLEAN -> of(Boolean.class, "booleans(");
      case Type.Scalar.JSON -> new AnswerType(Names.JSON, CodeBlock.of("json("));
      case Type.EnumRef(String name) -> shaped(Names.model(name), "enumeration($T::of, ");
      case Type.ObjectRef(String name) -> shaped(Names.model(name), "object($T.SHAPE, ");
      case Type.EntityRef(String name) -> shaped(Names.nested(name), "object($T.SHAPE, ");
      case Type.Scalar.UPLOAD -> throw new IllegalArgumentException("no answer holds a " + type);
      case Type.InputRef _, Type.WhereRef _, Type.ListRequestRef _ ->
          throw new IllegalArgumentException("no answer holds a " + type);
    };
  }

  private static AnswerType list(Type type) {
    var element =
        switch (type) {
          case Type.Scalar.STRING -> of(String.class, "texts(");
          case Type.Scalar.INT -> of(Integer.class, "intLists(");
          case Type.Scalar.FLOAT -> of(Double.class, "doubleLists(");
          case Type.EnumRef(String name) -> shaped(Names.model(name), "enumerations($T::of, ");
          case Type.ObjectRef(String name) -> shaped(Names.model(name), "objects($T.SHAPE, ");
          case Type.EntityRef(String name) -> shaped(Names.nested(name), "objects($T.SHAPE, ");
          default -> throw new IllegalArgumentException("no answer holds a list of " + type);
        };
    return new AnswerType(ParameterizedTypeName.get(LIST, element.java()), element.reader());
  }

  private static AnswerType of(Class<?> type, String reader) {
    return new AnswerType(ClassName.get(type), CodeBlock.of(reader));
  }

  private static AnswerType shaped(ClassName type, String reader) {
    return new AnswerType(type, CodeBlock.of(reader, type));
  }

  /// The type of a value that is never absent.
  TypeName present() {
    return java.isBoxedPrimitive() ? java.unbox() : java;
  }
}
