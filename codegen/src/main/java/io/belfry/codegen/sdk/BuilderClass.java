package io.belfry.codegen.sdk;

import static javax.lang.model.element.Modifier.FINAL;
import static javax.lang.model.element.Modifier.PRIVATE;
import static javax.lang.model.element.Modifier.PUBLIC;
import static javax.lang.model.element.Modifier.STATIC;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.belfry.codegen.FieldText;
import io.belfry.schema.Field;
import io.belfry.schema.Type;
import java.time.Instant;
import java.util.List;

/// The builder inside an input, or inside an object that is part of inputs.
final class BuilderClass {
  private final ClassName built;
  private final ClassName builder;
  private final List<Field> fields;

  BuilderClass(ClassName built, List<Field> fields) {
    this.built = built;
    this.builder = built.nestedClass("Builder");
    this.fields = fields;
  }

  void addTo(TypeSpec.Builder type) {
    type.addMethod(
        MethodSpec.methodBuilder("builder")
            .addModifiers(PUBLIC, STATIC)
            .returns(builder)
            .addStatement("return new $T()", builder)
            .build());
    type.addType(builder());
  }

  private TypeSpec builder() {
    var type =
        TypeSpec.classBuilder(builder)
            .addJavadoc("Collects {@link $T}.\n", built)
            .addModifiers(PUBLIC, STATIC, FINAL)
            .addField(
                FieldSpec.builder(Names.VALUES.nestedClass("Builder"), "values", PRIVATE, FINAL)
                    .initializer("new $T(SHAPE)", Names.VALUES.nestedClass("Builder"))
                    .build())
            .addMethod(MethodSpec.constructorBuilder().addModifiers(PRIVATE).build());
    for (int number = 0; number < fields.size(); number++) {
      addSetters(type, fields.get(number), number);
    }
    return type.addMethod(put()).addMethod(build()).build();
  }

  private void addSetters(TypeSpec.Builder type, Field field, int number) {
    var single = single(field.type());
    if (field.isList()) {
      var list = ParameterizedTypeName.get(ClassName.get(List.class), single);
      type.addMethod(setter(field, number, orNull(list, field)).build());
      if (single instanceof ClassName) {
        type.addMethod(
            setter(field, number, ArrayTypeName.of(single), "$T.of(value)").varargs().build());
      }
      return;
    }
    if (field.required()) {
      type.addMethod(
          setter(field, number, single.isBoxedPrimitive() ? single.unbox() : single).build());
      return;
    }
    type.addMethod(setter(field, number, single.annotated(Names.NULLABLE)).build());
    // So that a literal like 1024 does for a long or double.
    if (field.type() == Type.Scalar.LONG || field.type() == Type.Scalar.FLOAT) {
      type.addMethod(setter(field, number, single.unbox()).build());
    }
  }

  private static TypeName orNull(TypeName type, Field field) {
    return field.required() ? type : type.annotated(Names.NULLABLE);
  }

  private MethodSpec.Builder setter(Field field, int number, TypeName parameter) {
    return setter(field, parameter)
        .addStatement("values.set($L, value)", number)
        .addStatement("return this");
  }

  private MethodSpec.Builder setter(
      Field field, int number, TypeName parameter, String expression) {
    return setter(field, parameter)
        .addStatement("values.set($L, " + expression + ")", number, List.class)
        .addStatement("return this");
  }

  private MethodSpec.Builder setter(Field field, TypeName parameter) {
    var setter =
        MethodSpec.methodBuilder(Names.member(field.name()))
            .addModifiers(PUBLIC)
            .returns(builder)
            .addParameter(parameter, "value");
    var text = FieldText.whole(field, fields);
    if (!text.isEmpty()) {
      setter.addJavadoc("$L\n", Docs.html(text));
    }
    return setter;
  }

  private static TypeName single(Type type) {
    return switch (type) {
      case Type.Scalar.STRING -> ClassName.get(String.class);
      case Type.Scalar.DATE_TIME -> ClassName.get(Instant.class);
      case Type.Scalar.INT -> ClassName.get(Integer.class);
      case Type.Scalar.LONG -> ClassName.get(Long.class);
      case Type.Scalar.FLOAT -> ClassName.get(Double.class);
      case Type.Scalar.BOOLEAN -> ClassName.get(Boolean.class);
      case Type.Scalar.JSON -> Names.JSON;
      case Type.Scalar.UPLOAD -> Names.sdk("Upload");
      case Type.EnumRef(String name) -> Names.model(name);
      case Type.ObjectRef(String name) -> Names.model(name);
      case Type.InputRef(String name) -> Names.model(name);
      case Type.WhereRef(String entity) ->
          ParameterizedTypeName.get(Names.CONDITION, Names.model(entity));
      case Type.ListRequestRef(String entity) ->
          ParameterizedTypeName.get(Names.QUERY, Names.model(entity));
      case Type.EntityRef(String entity) ->
          throw new IllegalArgumentException("no input holds a " + entity);
    };
  }

  private MethodSpec put() {
    return MethodSpec.methodBuilder("put")
        .addJavadoc("Sets a field by its name in JSON, also one that the SDK doesn't know.\n")
        .addModifiers(PUBLIC)
        .returns(builder)
        .addParameter(String.class, "field")
        .addParameter(Names.JSON, "value")
        .addStatement("values.put(field, value)")
        .addStatement("return this")
        .build();
  }

  private MethodSpec build() {
    return MethodSpec.methodBuilder("build")
        .addJavadoc(
            "@throws IllegalStateException if a field that must be there is not, naming it\n")
        .addModifiers(PUBLIC)
        .returns(built)
        .addStatement("return new $T(values.build())", built)
        .build();
  }
}
