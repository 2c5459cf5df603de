package io.belfry.codegen.sdk;

import static javax.lang.model.element.Modifier.FINAL;
import static javax.lang.model.element.Modifier.PRIVATE;
import static javax.lang.model.element.Modifier.PUBLIC;
import static javax.lang.model.element.Modifier.STATIC;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.TypeSpec;
import io.belfry.schema.InputType;
import java.util.List;

/// `VmCreationParams`: what an operation takes. It is built and sent; its JSON shows what it holds.
final class InputClass {
  private InputClass() {}

  static TypeSpec of(InputType input) {
    var name = Names.model(input.name());
    var type =
        TypeSpec.classBuilder(name)
            .addJavadoc(
                "$L\n",
                input.doc().isEmpty()
                    ? "The parameters {@code " + input.name() + "}."
                    : Docs.html(input.doc()))
            .addModifiers(PUBLIC, FINAL)
            .superclass(Names.MODEL_CLASS)
            .addField(shape(input))
            .addMethod(ModelClass.constructor());
    new BuilderClass(name, List.copyOf(input.fields().values())).addTo(type);
    return type.build();
  }

  private static FieldSpec shape(InputType input) {
    var names = CodeBlock.builder().add("new $T($S", Names.INPUT_SHAPE, input.name());
    for (var field : input.fields().values()) {
      names.add(", $S", field.wireName() + (field.required() ? "!" : ""));
    }
    return FieldSpec.builder(Names.INPUT_SHAPE, "SHAPE", PRIVATE, STATIC, FINAL)
        .initializer(names.add(")").build())
        .build();
  }
}
