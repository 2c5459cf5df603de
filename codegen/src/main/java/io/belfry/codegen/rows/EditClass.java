package io.belfry.codegen.rows;

import static javax.lang.model.element.Modifier.FINAL;
import static javax.lang.model.element.Modifier.PRIVATE;
import static javax.lang.model.element.Modifier.PUBLIC;
import static javax.lang.model.element.Modifier.STATIC;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.belfry.schema.Entity;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `VmEdit`: collects the values to write into a row, with a setter for each stored field.
final class EditClass {
  private static final TypeName VALUE = ClassName.OBJECT.annotated(Names.NULLABLE);
  private static final TypeName VALUES =
      ParameterizedTypeName.get(ClassName.get(Map.class), ClassName.get(String.class), VALUE);

  private EditClass() {}

  static TypeSpec of(Entity entity, List<StoredField> fields) {
    var name = Names.type(entity.name() + "Edit");
    var edit =
        TypeSpec.classBuilder(name)
            .addJavadoc("What to write into a row of the entity $L.", entity.name())
            .addModifiers(PUBLIC, FINAL)
            .addSuperinterface(Names.EDIT)
            .addField(
                FieldSpec.builder(VALUES, "values", PRIVATE, FINAL)
                    .initializer("new $T<>()", LinkedHashMap.class)
                    .build())
            .addMethod(MethodSpec.constructorBuilder().addModifiers(PRIVATE).build())
            .addMethod(start(name))
            .addMethod(entityName(entity))
            .addMethod(values());
    fields.forEach(field -> edit.addMethod(setter(name, field)));
    return edit.addMethod(set(name)).build();
  }

  private static MethodSpec start(ClassName edit) {
    return MethodSpec.methodBuilder("edit")
        .addJavadoc("An edit without any value yet.")
        .addModifiers(PUBLIC, STATIC)
        .returns(edit)
        .addStatement("return new $T()", edit)
        .build();
  }

  private static MethodSpec entityName(Entity entity) {
    return MethodSpec.methodBuilder("entity")
        .addAnnotation(Override.class)
        .addModifiers(PUBLIC)
        .returns(String.class)
        .addStatement("return $S", entity.name())
        .build();
  }

  private static MethodSpec values() {
    return MethodSpec.methodBuilder("values")
        .addAnnotation(Override.class)
        .addModifiers(PUBLIC)
        .returns(VALUES)
        .addStatement("return $T.unmodifiableMap(values)", Collections.class)
        .build();
  }

  private static MethodSpec setter(ClassName edit, StoredField field) {
    return MethodSpec.methodBuilder(field.name())
        .addModifiers(PUBLIC)
        .returns(edit)
        .addParameter(ParameterSpec.builder(field.type(), field.name()).build())
        .addStatement("return set($S, $L)", field.key(), stored(field))
        .build();
  }

  private static CodeBlock stored(StoredField field) {
    if (field.enumType() == null) {
      return CodeBlock.of("$L", field.name());
    }
    return field.required()
        ? CodeBlock.of("$L.wire()", field.name())
        : CodeBlock.of("$1L == null ? null : $1L.wire()", field.name());
  }

  private static MethodSpec set(ClassName edit) {
    return MethodSpec.methodBuilder("set")
        .addModifiers(PRIVATE)
        .returns(edit)
        .addParameter(String.class, "field")
        .addParameter(VALUE, "value")
        .addStatement("values.put(field, value)")
        .addStatement("return this")
        .build();
  }
}
