package io.belfry.codegen.sdk;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import java.util.concurrent.CompletableFuture;

/// Whether a method waits for the answer.
enum Calling {
  NOW("call"),
  LATER("callAsync");

  private final String clientMethod;

  Calling(String clientMethod) {
    this.clientMethod = clientMethod;
  }

  /// The client's method that does it.
  String clientMethod() {
    return clientMethod;
  }

  TypeName returned(TypeName answer) {
    return this == NOW
        ? answer
        : ParameterizedTypeName.get(ClassName.get(CompletableFuture.class), answer);
  }
}
