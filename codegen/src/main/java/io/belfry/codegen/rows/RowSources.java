package io.belfry.codegen.rows;

import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.TypeSpec;
import io.belfry.codegen.GeneratedFiles;
import io.belfry.codegen.Generator;
import io.belfry.schema.Relations;
import io.belfry.schema.Schema;

/// The sources of `io.belfry.store.rows`.
public final class RowSources implements Generator {
  private static final String PACKAGE_INFO =
      """
      /// Generated from the schema: what each entity's rows store, typed. `VmRow` reads, `VmEdit`
      /// writes, `VmStatus` is an enum.
      @NullMarked
      package io.belfry.store.rows;

      import org.jspecify.annotations.NullMarked;
      """;

  @Override
  public String folder() {
    return "rows";
  }

  @Override
  public void generate(Schema schema, GeneratedFiles files) {
    files.add(path("package-info"), PACKAGE_INFO);
    schema.enums().values().forEach(each -> add(files, EnumClass.of(each)));
    var relations = Relations.of(schema);
    for (var entity : schema.entities().values()) {
      var fields = StoredField.of(entity, relations);
      add(files, RowClass.of(entity, fields));
      add(files, EditClass.of(entity, fields));
    }
  }

  private static void add(GeneratedFiles files, TypeSpec type) {
    var file = JavaFile.builder(Names.PACKAGE, type).skipJavaLangImports(true).indent("  ").build();
    files.add(path(type.name()), file.toString());
  }

  private static String path(String type) {
    return Names.PACKAGE.replace('.', '/') + "/" + type + ".java";
  }
}
