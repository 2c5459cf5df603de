package io.belfry.codegen.sdk;

import static javax.lang.model.element.Modifier.PUBLIC;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;

/// What every model and input has: its form in JSON, and equality by value.
final class CommonMethods {
  private CommonMethods() {}

  static void addTo(TypeSpec.Builder type, ClassName name) {
    type.addMethod(
        override("json").returns(Names.JSON).addStatement("return values.json()").build());
    type.addMethod(
        override("equals")
            .returns(boolean.class)
            .addParameter(ClassName.OBJECT.annotated(Names.NULLABLE), "other")
            .addStatement("return other instanceof $T that && values.equals(that.values)", name)
            .build());
    type.addMethod(
        override("hashCode").returns(int.class).addStatement("return values.hashCode()").build());
    type.addMethod(
        override("toString")
            .returns(String.class)
            .addStatement("return values.toString()")
            .build());
  }

  /// Fields that only the server knows, which answers keep.
  static MethodSpec additional() {
    return MethodSpec.methodBuilder("additional")
        .addJavadoc("A field that the SDK doesn't know; null in JSON where there is none.\n")
        .addModifiers(PUBLIC)
        .returns(Names.JSON)
        .addParameter(String.class, "field")
        .addStatement("return values.additional(field)")
        .build();
  }

  private static MethodSpec.Builder override(String name) {
    return MethodSpec.methodBuilder(name).addAnnotation(Override.class).addModifiers(PUBLIC);
  }
}
