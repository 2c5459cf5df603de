package io.belfry.codegen;

import io.belfry.codegen.cli.CliCatalogue;
import io.belfry.codegen.openapi.OpenApi;
import io.belfry.codegen.rows.RowSources;
import io.belfry.codegen.sdk.SdkSources;
import io.belfry.schema.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Writes everything that is generated from the schema. The build of this module runs it; other
/// modules add the folder that they need to their sources or resources.
public final class Main {
  private static final List<Generator> GENERATORS =
      List.of(new RowSources(), new SdkSources(), new OpenApi(), new CliCatalogue());

  private Main() {}

  /// @param arguments the folder below which each generator has its own
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1) {
      throw new IllegalArgumentException("expected one argument, the folder to write to");
    }
    var target = Path.of(arguments[0]);
    var schema = Schema.bundled();
    for (var generator : GENERATORS) {
      var files = new GeneratedFiles();
      generator.generate(schema, files);
      files.writeTo(target.resolve(generator.folder()));
    }
  }
}
