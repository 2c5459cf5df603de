package io.belfry.codegen.sdk;

import static javax.lang.model.element.Modifier.FINAL;
import static javax.lang.model.element.Modifier.PRIVATE;
import static javax.lang.model.element.Modifier.PUBLIC;
import static javax.lang.model.element.Modifier.STATIC;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeSpec;
import io.belfry.schema.Operation;
import io.belfry.schema.Schema;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.lang.model.element.Modifier;

/// `VmApi`: the operations of a group, and inside it the same ones with futures.
final class ApiClass {
  private static final String ASYNC = "Async";

  private final Schema schema;
  private final List<Operation> operations;
  private final ClassName name;

  ApiClass(Schema schema, String group, List<Operation> operations) {
    this.schema = schema;
    this.operations = operations;
    this.name = ClassName.get(Names.API, group + "Api");
  }

  TypeSpec type() {
    var type =
        TypeSpec.classBuilder(name)
            .addJavadoc(
                "Operations of the group $L. Immutable and safe to share between threads.\n",
                name.simpleName().replaceAll("Api$", ""))
            .addModifiers(PUBLIC, FINAL);
    addClient(type, name, PUBLIC);
    type.addMethod(
        MethodSpec.methodBuilder("async")
            .addJavadoc("The same operations, answering with futures.\n")
            .addModifiers(PUBLIC)
            .returns(name.nestedClass(ASYNC))
            .addStatement("return new $L(client)", ASYNC)
            .build());
    addOperations(type, Calling.NOW);
    for (var operation : operations) {
      if (operation.kind() instanceof Operation.Kind.Listing(String entity)) {
        new ListingMethods(schema, operation, entity).all().forEach(type::addMethod);
      }
    }
    return type.addType(async()).build();
  }

  private TypeSpec async() {
    var async = name.nestedClass(ASYNC);
    var type =
        TypeSpec.classBuilder(ASYNC)
            .addJavadoc(
                "The operations of {@link $T}, answering with futures. Cancelling one gives up the"
                    + " call.\n",
                name)
            .addModifiers(PUBLIC, STATIC, FINAL);
    addClient(type, async, PRIVATE);
    addOperations(type, Calling.LATER);
    return type.build();
  }

  private static void addClient(TypeSpec.Builder type, ClassName owner, Modifier access) {
    type.addField(Names.API_CLIENT, "client", PRIVATE, FINAL);
    type.addMethod(
        MethodSpec.constructorBuilder()
            .addModifiers(access)
            .addParameter(Names.API_CLIENT, "client")
            .addStatement("this.client = client")
            .build());
    type.addMethod(
        MethodSpec.methodBuilder("with")
            .addJavadoc(
                "The same operations, called with other options: {@code with(o ->"
                    + " o.language(\"zh-CN\"))}.\n")
            .addModifiers(PUBLIC)
            .returns(owner)
            .addParameter(
                ParameterizedTypeName.get(ClassName.get(UnaryOperator.class), Names.CALL_OPTIONS),
                "options")
            .addStatement("return new $T(client.with(options))", owner)
            .build());
  }

  private void addOperations(TypeSpec.Builder type, Calling calling) {
    for (var operation : operations) {
      var methods = new OperationMethods(schema, operation, calling);
      methods.all(operation.name()).forEach(type::addMethod);
      for (var alias : Aliases.of(operation)) {
        methods.aliases(alias).forEach(type::addMethod);
      }
    }
  }
}
