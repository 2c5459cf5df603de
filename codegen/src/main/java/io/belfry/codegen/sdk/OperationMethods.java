package io.belfry.codegen.sdk;

import static javax.lang.model.element.Modifier.PUBLIC;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import io.belfry.schema.Field;
import io.belfry.schema.InputType;
import io.belfry.schema.Operation;
import io.belfry.schema.Schema;
import io.belfry.schema.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The methods of one operation. One takes raw JSON and calls the server; the others take what is
/// typed and go through that one.
final class OperationMethods {
  private static final ClassName LIST = ClassName.get(List.class);

  private final Schema schema;
  private final Operation operation;
  private final Calling calling;
  private final AnswerOf answer;

  OperationMethods(Schema schema, Operation operation, Calling calling) {
    this.schema = schema;
    this.operation = operation;
    this.calling = calling;
    this.answer = AnswerOf.operation(schema, operation);
  }

  List<MethodSpec> all(String name) {
    var methods = new ArrayList<MethodSpec>();
    for (var parameters : typed()) {
      methods.add(
          method(name, parameters.specs())
              .addStatement("return $L($L)", name, parameters.json())
              .varargs(parameters.varargs())
              .build());
    }
    methods.add(raw(name));
    return methods;
  }

  /// The same methods under an older name.
  List<MethodSpec> aliases(String alias) {
    return all(operation.name()).stream()
        .map(method ->
            MethodSpec.methodBuilder(alias)
                .addJavadoc(
                    "The guide's name for {@link #$L}, from older versions of the API.\n",
                    operation.name())
                .addJavadoc("\n@deprecated use {@link #$L}\n", operation.name())
                .addAnnotation(Deprecated.class)
                .addModifiers(PUBLIC)
                .returns(method.returnType())
                .addParameters(method.parameters())
                .varargs(method.varargs())
                .addStatement(
                    "return $L($L)",
                    operation.name(),
                    CodeBlock.join(
                        method.parameters().stream()
                            .map(each -> CodeBlock.of("$L", each.name()))
                            .toList(),
                        ", "))
                .build())
        .toList();
  }

  private MethodSpec raw(String name) {
    return method(name, List.of(ParameterSpec.builder(Names.JSON, "body").build()))
        .addStatement("return client.$L($L, body)", calling.clientMethod(), answer.operation())
        .build();
  }

  private MethodSpec.Builder method(String name, List<ParameterSpec> parameters) {
    return MethodSpec.methodBuilder(name)
        .addJavadoc("$L", OperationDoc.of(operation))
        .addModifiers(PUBLIC)
        .returns(calling.returned(answer.type()))
        .addParameters(parameters);
  }

  /// A way to say in Java what is sent.
  ///
  /// @param json the JSON that these parameters make
  private record Parameters(List<ParameterSpec> specs, boolean varargs, CodeBlock json) {
    static Parameters none() {
      return new Parameters(List.of(), false, CodeBlock.of("$T.object()", Names.JSON));
    }

    static Parameters one(TypeName type, String name, CodeBlock json) {
      return new Parameters(List.of(ParameterSpec.builder(type, name).build()), false, json);
    }
  }

  private List<Parameters> typed() {
    var body = operation.sent();
    if (body == null) {
      return List.of(Parameters.none());
    }
    return switch (body.type()) {
      case Type.ListRequestRef(String entity) when body.required() -> List.of(selection(entity));
      case Type.ListRequestRef(String entity) -> List.of(Parameters.none(), selection(entity));
      case Type.InputRef(String input) when body.list() -> batch(Names.model(input));
      case Type.InputRef(String input) when body.required() -> single(schema.input(input));
      case Type.InputRef(String input) -> {
        var ways = new ArrayList<>(List.of(Parameters.none()));
        ways.addAll(single(schema.input(input)));
        yield ways;
      }
      default -> throw new IllegalArgumentException("no body is a " + body.type());
    };
  }

  private static Parameters selection(String entity) {
    var type = ParameterizedTypeName.get(Names.SELECTION, Names.model(entity));
    var query = CodeBlock.of("selection.from($T.everything()).json()", Names.QUERY);
    return Parameters.one(type, "selection", query);
  }

  private static List<Parameters> batch(ClassName input) {
    var array = ArrayTypeName.of(input);
    return List.of(
        Parameters.one(
            ParameterizedTypeName.get(LIST, input),
            "items",
            CodeBlock.of("$T.of(items)", Names.JSON)),
        new Parameters(
            List.of(ParameterSpec.builder(array, "items").build()),
            true,
            CodeBlock.of("$T.array((Object[]) items)", Names.JSON)));
  }

  private List<Parameters> single(InputType input) {
    var ways = new ArrayList<Parameters>();
    ways.add(Parameters.one(Names.model(input.name()), "params", CodeBlock.of("params.json()")));
    where(input).ifPresent(where -> ways.addAll(byCondition(input, where)));
    return ways;
  }

  /// The filter of an input that has besides it at most one part.
  private static Optional<Field> where(InputType input) {
    var fields = List.copyOf(input.fields().values());
    var parts = fields.stream().filter(field -> field.type() instanceof Type.InputRef).count();
    return fields.stream()
        .filter(field -> field.name().equals("where") && field.type() instanceof Type.WhereRef)
        .filter(_ -> parts + 1 == fields.size() && parts <= 1)
        .findFirst();
  }

  private static List<Parameters> byCondition(InputType input, Field where) {
    var condition =
        ParameterSpec.builder(
                ParameterizedTypeName.get(Names.CONDITION, Names.model(entity(where))), "where")
            .build();
    var ways = new ArrayList<Parameters>();
    var part = input.fields().values().stream().filter(field -> !field.equals(where)).findFirst();
    if (part.isEmpty() || !part.get().required()) {
      ways.add(
          new Parameters(
              List.of(condition),
              false,
              CodeBlock.of("$T.object($S, where)", Names.JSON, where.wireName())));
    }
    part.ifPresent(each -> {
      var name = Names.member(each.name());
      var type = Names.model(((Type.InputRef) each.type()).name());
      ways.add(
          new Parameters(
              List.of(condition, ParameterSpec.builder(type, name).build()),
              false,
              CodeBlock.of(
                  "$T.object($S, where, $S, $L)",
                  Names.JSON,
                  where.wireName(),
                  each.wireName(),
                  name)));
    });
    return ways;
  }

  private static String entity(Field where) {
    return ((Type.WhereRef) where.type()).entity();
  }
}
