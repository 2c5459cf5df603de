package io.belfry.codegen.rows;

import static javax.lang.model.element.Modifier.FINAL;
import static javax.lang.model.element.Modifier.PUBLIC;
import static javax.lang.model.element.Modifier.STATIC;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeSpec;
import io.belfry.schema.Entity;
import java.util.List;

/// `VmRow`: a record around the values of a row, with an accessor for each stored field.
final class RowClass {
  private RowClass() {}

  static TypeSpec of(Entity entity, List<StoredField> fields) {
    var name = Names.type(entity.name() + "Row");
    var values = MethodSpec.constructorBuilder().addParameter(Names.VALUES, "values").build();
    var row =
        TypeSpec.recordBuilder(name)
            .addJavadoc("A row of the entity $L.", entity.name())
            .addModifiers(PUBLIC)
            .recordConstructor(values)
            .addField(rowType(entity, name));
    fields.forEach(field -> row.addMethod(accessor(field)));
    return row.build();
  }

  private static FieldSpec rowType(Entity entity, ClassName row) {
    return FieldSpec.builder(
            ParameterizedTypeName.get(Names.ROW_TYPE, row), "TYPE", PUBLIC, STATIC, FINAL)
        .initializer("new $T<>($S, $T::new)", Names.ROW_TYPE, entity.name(), row)
        .build();
  }

  private static MethodSpec accessor(StoredField field) {
    return MethodSpec.methodBuilder(field.name())
        .addModifiers(PUBLIC)
        .returns(field.type())
        .addCode(body(field))
        .build();
  }

  private static CodeBlock body(StoredField field) {
    var getter = field.required() ? field.value().accessor() : field.value().accessorOrNull();
    var read = CodeBlock.of("values.$L($S)", getter, field.key());
    var type = field.enumType();
    if (type == null) {
      return CodeBlock.of("return $L;\n", read);
    }
    return field.required()
        ? CodeBlock.of("return $T.of($L);\n", type, read)
        : CodeBlock.of("var wire = $L;\nreturn wire == null ? null : $T.of(wire);\n", read, type);
  }
}
