package io.belfry.codegen.rows;

import static javax.lang.model.element.Modifier.FINAL;
import static javax.lang.model.element.Modifier.PRIVATE;
import static javax.lang.model.element.Modifier.PUBLIC;
import static javax.lang.model.element.Modifier.STATIC;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import io.belfry.schema.EnumType;

/// `VmStatus`: an enum of the schema, each constant with its text on the wire.
final class EnumClass {
  private EnumClass() {}

  static TypeSpec of(EnumType definition) {
    var name = Names.type(definition.name());
    var type = TypeSpec.enumBuilder(name).addModifiers(PUBLIC);
    for (var constant : definition.constants()) {
      type.addEnumConstant(
          Names.constant(constant.name()),
          TypeSpec.anonymousClassBuilder("$S", constant.wireName()).build());
    }
    return type.addField(String.class, "wire", PRIVATE, FINAL)
        .addMethod(constructor())
        .addMethod(of(definition, name))
        .addMethod(wire())
        .build();
  }

  private static MethodSpec constructor() {
    return MethodSpec.constructorBuilder()
        .addParameter(String.class, "wire")
        .addStatement("this.wire = wire")
        .build();
  }

  private static MethodSpec of(EnumType definition, ClassName name) {
    var of =
        MethodSpec.methodBuilder("of")
            .addJavadoc("@throws IllegalArgumentException if there is no such value\n")
            .addModifiers(PUBLIC, STATIC)
            .returns(name)
            .addParameter(String.class, "wire")
            .addCode("return switch (wire) {$>\n");
    for (var constant : definition.constants()) {
      of.addCode("case $S -> $L;\n", constant.wireName(), Names.constant(constant.name()));
    }
    return of.addCode(
            "default -> throw new $T($S + wire);$<\n};\n",
            IllegalArgumentException.class,
            definition.name() + " has no value ")
        .build();
  }

  private static MethodSpec wire() {
    return MethodSpec.methodBuilder("wire")
        .addJavadoc("The value in JSON and in the store.")
        .addModifiers(PUBLIC)
        .returns(String.class)
        .addStatement("return wire")
        .build();
  }
}
