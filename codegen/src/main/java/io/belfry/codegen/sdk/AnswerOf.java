package io.belfry.codegen.sdk;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import io.belfry.schema.Operation;
import io.belfry.schema.Schema;
import io.belfry.schema.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an operation answers.
///
/// @param type in Java
/// @param operation the expression that describes the operation to the client
record AnswerOf(TypeName type, CodeBlock operation) {
  private static final ClassName LIST = ClassName.get(List.class);

  static AnswerOf operation(Schema schema, Operation operation) {
    var answer = unmarked(schema, operation);
    var marks =
        (operation.http().method().equals("GET") ? ".get()" : "")
            + (operation.http().multipart() ? ".multipart()" : "")
            + (operation.http().isPublic() ? ".open()" : "");
    return new AnswerOf(answer.type(), CodeBlock.of("$L$L", answer.operation(), marks));
  }

  private static AnswerOf unmarked(Schema schema, Operation operation) {
    var path = operation.path();
    if (operation.kind() instanceof Operation.Kind.Counting) {
      return new AnswerOf(Names.CONNECTION, call("count($S)", path));
    }
    var isList = operation.result().list();
    if (operation.result().type() == Type.Scalar.STRING) {
      return isList
          ? new AnswerOf(listOf(ClassName.get(String.class)), call("texts($S)", path))
          : new AnswerOf(ClassName.get(String.class), call("text($S)", path));
    }
    var model = model(operation.result().type());
    if (operation.http().task()) {
      var change = isList ? "change" : "changeOne";
      return new AnswerOf(
          ParameterizedTypeName.get(isList ? Names.ACCEPTED : Names.WITH_TASK, model),
          call(change + "($S, $T.SHAPE, $S)", path, model, listPath(schema, operation)));
    }
    return isList
        ? new AnswerOf(listOf(model), call("list($S, $T.SHAPE)", path, model))
        : new AnswerOf(model, call("one($S, $T.SHAPE)", path, model));
  }

  private static ClassName model(Type type) {
    return switch (type) {
      case Type.EntityRef(String name) -> Names.model(name);
      case Type.ObjectRef(String name) -> Names.model(name);
      default -> throw new IllegalArgumentException("no operation answers with a " + type);
    };
  }

  private static @Nullable String listPath(Schema schema, Operation operation) {
    return operation.result().type() instanceof Type.EntityRef(String entity)
        ? schema.entity(entity).listPath()
        : null;
  }

  private static TypeName listOf(TypeName element) {
    return ParameterizedTypeName.get(LIST, element);
  }

  private static CodeBlock call(String method, @Nullable Object... arguments) {
    return CodeBlock.of("$T.", Names.OPERATION).toBuilder().add(method, arguments).build();
  }
}
