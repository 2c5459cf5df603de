package io.belfry.codegen.sdk;

import static javax.lang.model.element.Modifier.FINAL;
import static javax.lang.model.element.Modifier.PRIVATE;
import static javax.lang.model.element.Modifier.PUBLIC;
import static javax.lang.model.element.Modifier.STATIC;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeSpec;
import io.belfry.codegen.FieldText;
import io.belfry.schema.Entity;
import io.belfry.schema.Field;
import io.belfry.schema.ObjectType;
import io.belfry.schema.Type;
import java.util.Collection;
import java.util.List;

/// `Vm`, `NestedVm`, `Cpu`: what answers hold. A thin typed view of values that are kept by number.
final class ModelClass {
  private final ClassName name;
  private final List<Field> fields;
  private final TypeSpec.Builder type;

  private ModelClass(ClassName name, Collection<Field> fields) {
    this.name = name;
    this.fields = List.copyOf(fields);
    this.type = TypeSpec.classBuilder(name);
  }

  static TypeSpec entity(Entity entity) {
    var model = new ModelClass(Names.model(entity.name()), entity.shown());
    entity.fields().values().stream()
        .flatMap(field -> Handle.of(entity, field).stream())
        .forEach(model.type::addField);
    return model.build(
        sentence(entity.doc(), "An object of the kind " + entity.name() + ".")
            + "\nThe constants are its fields, for queries.\n");
  }

  static TypeSpec nested(Entity entity) {
    var fields = entity.nested().stream().map(entity::field).toList();
    return new ModelClass(Names.nested(entity.name()), fields)
        .build("What other objects show of a {@link " + entity.name() + "}.\n");
  }

  static TypeSpec object(ObjectType object, UsedTypes used) {
    var model = new ModelClass(Names.model(object.name()), object.fields().values());
    if (used.builtNames().contains(object.name())) {
      new BuilderClass(model.name, model.fields).addTo(model.type);
    }
    return model.build(sentence(object.doc(), "The value {@code " + object.name() + "}.") + "\n");
  }

  private static String sentence(String doc, String otherwise) {
    return doc.isEmpty() ? otherwise : Docs.html(doc);
  }

  private TypeSpec build(String doc) {
    type.addJavadoc("$L", doc).addModifiers(PUBLIC, FINAL).superclass(Names.MODEL_CLASS);
    type.addField(shape());
    type.addMethod(constructor());
    for (int number = 0; number < fields.size(); number++) {
      type.addMethod(accessor(fields.get(number), number));
    }
    return type.build();
  }

  /// What models and inputs are made with.
  static MethodSpec constructor() {
    return MethodSpec.constructorBuilder()
        .addModifiers(PRIVATE)
        .addParameter(Names.VALUES, "values")
        .addStatement("super(values)")
        .build();
  }

  /// Fields that follow each other and are read alike share a call.
  private FieldSpec shape() {
    var shape = CodeBlock.builder().add("$T.of($S)$>$>", Names.SHAPE, name.simpleName());
    var before = CodeBlock.of("");
    for (var field : fields) {
      var reader = reader(field);
      var shownName = field.wireName() + (field.required() ? "!" : "");
      if (!field.isList() && reader.equals(before)) {
        shape.add(", $S", shownName);
      } else {
        shape.add(before.isEmpty() ? "" : ")").add("\n.").add(reader).add("$S", shownName);
      }
      before = reader;
    }
    shape.add(before.isEmpty() ? "" : ")").add("\n.build($T::new)$<$<", name);
    return FieldSpec.builder(ParameterizedTypeName.get(Names.SHAPE, name), "SHAPE")
        .addJavadoc("For the SDK itself: how this is read.\n")
        .addModifiers(PUBLIC, STATIC, FINAL)
        .initializer(shape.build())
        .build();
  }

  /// A shape that is being made can't be named, as it isn't there yet.
  private CodeBlock reader(Field field) {
    var isItself =
        field.type() instanceof Type.ObjectRef(String object) && Names.model(object).equals(name);
    return isItself
        ? CodeBlock.of(field.isList() ? "listsOfItself(" : "itself(")
        : AnswerType.of(field).reader();
  }

  private MethodSpec accessor(Field field, int number) {
    var answer = AnswerType.of(field);
    var accessor = MethodSpec.methodBuilder(Names.member(field.name())).addModifiers(PUBLIC);
    var text = FieldText.withUnit(field, fields);
    if (!text.isEmpty()) {
      accessor.addJavadoc("$L\n", Docs.html(text));
    }
    var isDate = field.type() == Type.Scalar.DATE_TIME;
    if (field.isList()) {
      return accessor.returns(answer.java()).addStatement("return values.list($L)", number).build();
    }
    if (field.required()) {
      accessor.returns(answer.present());
      return isDate
          ? accessor.addStatement("return values.requiredDate($L)", number).build()
          : accessor.addStatement("return values.<$T>required($L)", answer.java(), number).build();
    }
    return accessor
        .returns(answer.java().annotated(Names.NULLABLE))
        .addStatement(isDate ? "return values.date($L)" : "return values.get($L)", number)
        .build();
  }
}
