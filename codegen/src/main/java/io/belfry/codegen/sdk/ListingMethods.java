package io.belfry.codegen.sdk;

import static javax.lang.model.element.Modifier.PRIVATE;
import static javax.lang.model.element.Modifier.PUBLIC;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import io.belfry.schema.Operation;
import io.belfry.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a list is good for besides being read as a whole: `streamVms`, `findVm` and `getVm`, beside
/// `getVms`.
final class ListingMethods {
  private final Schema schema;
  private final Operation operation;
  private final String entity;
  private final ClassName model;
  private final String listing;

  ListingMethods(Schema schema, Operation operation, String entity) {
    this.schema = schema;
    this.operation = operation;
    this.entity = entity;
    this.model = Names.model(entity);
    this.listing = operation.name().replaceFirst("^get", "listingOf");
  }

  List<MethodSpec> all() {
    var methods = new ArrayList<MethodSpec>();
    methods.add(listing());
    methods.add(streamAll());
    methods.add(stream());
    addUnlessTaken(methods, find());
    addUnlessTaken(methods, get());
    return methods;
  }

  /// Some operations have such names.
  private void addUnlessTaken(List<MethodSpec> methods, MethodSpec method) {
    if (schema.operations().values().stream()
        .noneMatch(other -> other.name().equals(method.name()))) {
      methods.add(method);
    }
  }

  private MethodSpec listing() {
    return MethodSpec.methodBuilder(listing)
        .addModifiers(PRIVATE)
        .returns(ParameterizedTypeName.get(Names.LISTING, model))
        .addStatement(
            "return new $T<>(client, $L, $T::id)",
            Names.LISTING,
            AnswerOf.operation(schema, operation).operation(),
            model)
        .build();
  }

  private MethodSpec.Builder streaming() {
    return MethodSpec.methodBuilder(operation.name().replaceFirst("^get", "stream"))
        .addJavadoc(
            "Lists objects of the kind $L as they are needed, page by page: see {@link"
                + " $T#stream}.\n<p>{@code POST /$L}.\n",
            entity,
            Names.LISTING,
            operation.path())
        .addModifiers(PUBLIC)
        .returns(ParameterizedTypeName.get(ClassName.get(Stream.class), model));
  }

  private MethodSpec streamAll() {
    return streaming().addStatement("return $L().stream($T.object())", listing, Names.JSON).build();
  }

  private MethodSpec stream() {
    return streaming()
        .addParameter(ParameterizedTypeName.get(Names.SELECTION, model), "selection")
        .addStatement(
            "return $L().stream(selection.from($T.everything()).json())", listing, Names.QUERY)
        .build();
  }

  private MethodSpec find() {
    return MethodSpec.methodBuilder("find" + entity)
        .addJavadoc(
            """
            The first object of the kind $L that is selected, if there is one.
            <p>{@code POST /$L}.
            """,
            entity,
            operation.path())
        .addModifiers(PUBLIC)
        .returns(ParameterizedTypeName.get(ClassName.get(Optional.class), model))
        .addParameter(ParameterizedTypeName.get(Names.SELECTION, model), "selection")
        .addStatement(
            "return $L().first(selection.from($T.everything()).json())", listing, Names.QUERY)
        .build();
  }

  private MethodSpec get() {
    return MethodSpec.methodBuilder("get" + entity)
        .addJavadoc(
            """
            The object of the kind $L with an id.
            <p>{@code POST /$L}.

            @throws $T if there is none
            """,
            entity,
            operation.path(),
            Names.sdk("NotFoundException"))
        .addModifiers(PUBLIC)
        .returns(model)
        .addParameter(String.class, "id")
        .addStatement("return $L().get(id)", listing)
        .build();
  }
}
