package io.belfry.codegen.sdk;

import static javax.lang.model.element.Modifier.FINAL;
import static javax.lang.model.element.Modifier.PRIVATE;
import static javax.lang.model.element.Modifier.PUBLIC;
import static javax.lang.model.element.Modifier.STATIC;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import io.belfry.schema.EnumType;

/// `VmStatus`: an enum that may get more values. Known ones are constants of the class; its `Known`
/// is for `switch`.
final class EnumClass {
  private static final String KNOWN = "Known";
  private static final String UNRECOGNIZED = "UNRECOGNIZED";

  private final EnumType definition;
  private final ClassName name;
  private final ClassName known;

  private EnumClass(EnumType definition) {
    this.definition = definition;
    this.name = Names.model(definition.name());
    this.known = name.nestedClass(KNOWN);
  }

  static TypeSpec of(EnumType definition) {
    return new EnumClass(definition).type();
  }

  private TypeSpec type() {
    var type =
        TypeSpec.classBuilder(name)
            .addJavadoc(
                "$L\n<p>Newer servers may send other values than these constants; see"
                    + " {@link #known}.\n",
                definition.doc().isEmpty() ? "An open enum." : Docs.html(definition.doc()))
            .addModifiers(PUBLIC, FINAL)
            .addSuperinterface(Names.ENUM_VALUE);
    for (var constant : definition.constants()) {
      var constantName = Names.constant(constant.name());
      var field =
          FieldSpec.builder(name, constantName, PUBLIC, STATIC, FINAL)
              .initializer("new $T($S, $T.$L)", name, constant.wireName(), known, constantName);
      if (!constant.doc().isEmpty()) {
        field.addJavadoc("$L\n", Docs.html(constant.doc()));
      }
      type.addField(field.build());
    }
    return type.addField(String.class, "value", PRIVATE, FINAL)
        .addField(known, "known", PRIVATE, FINAL)
        .addMethod(constructor())
        .addMethod(of())
        .addMethod(value())
        .addMethod(known())
        .addMethod(equalsMethod())
        .addMethod(override("hashCode", int.class, "return value.hashCode()"))
        .addMethod(override("toString", String.class, "return value"))
        .addType(knownEnum())
        .build();
  }

  private MethodSpec constructor() {
    return MethodSpec.constructorBuilder()
        .addModifiers(PRIVATE)
        .addParameter(String.class, "value")
        .addParameter(known, "known")
        .addStatement("this.value = value")
        .addStatement("this.known = known")
        .build();
  }

  private MethodSpec of() {
    var cases = CodeBlock.builder().add("return switch (value) {\n$>");
    for (var constant : definition.constants()) {
      cases.add("case $S -> $L;\n", constant.wireName(), Names.constant(constant.name()));
    }
    cases.add("default -> new $T(value, $T.$L);\n$<};\n", name, known, UNRECOGNIZED);
    return MethodSpec.methodBuilder("of")
        .addJavadoc("The value with this text, be it known or not.\n")
        .addModifiers(PUBLIC, STATIC)
        .returns(name)
        .addParameter(String.class, "value")
        .addCode(cases.build())
        .build();
  }

  private static MethodSpec value() {
    return override("value", String.class, "return value");
  }

  private MethodSpec known() {
    return MethodSpec.methodBuilder("known")
        .addJavadoc("For {@code switch}.\n")
        .addModifiers(PUBLIC)
        .returns(known)
        .addStatement("return known")
        .build();
  }

  private MethodSpec equalsMethod() {
    return MethodSpec.methodBuilder("equals")
        .addAnnotation(Override.class)
        .addModifiers(PUBLIC)
        .returns(boolean.class)
        .addParameter(ClassName.OBJECT.annotated(Names.NULLABLE), "other")
        .addStatement("return other instanceof $T that && value.equals(that.value)", name)
        .build();
  }

  private static MethodSpec override(String name, Class<?> type, String statement) {
    return MethodSpec.methodBuilder(name)
        .addAnnotation(Override.class)
        .addModifiers(PUBLIC)
        .returns(type)
        .addStatement(statement)
        .build();
  }

  private TypeSpec knownEnum() {
    var type =
        TypeSpec.enumBuilder(KNOWN)
            .addJavadoc("The values that this version of the SDK knows.\n")
            .addModifiers(PUBLIC);
    definition.constants().forEach(each -> type.addEnumConstant(Names.constant(each.name())));
    return type.addEnumConstant(
            UNRECOGNIZED,
            TypeSpec.anonymousClassBuilder("")
                .addJavadoc("A value that this version doesn't know.\n")
                .build())
        .build();
  }
}
