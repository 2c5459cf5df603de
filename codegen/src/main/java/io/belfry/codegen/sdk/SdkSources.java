package io.belfry.codegen.sdk;

import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.TypeSpec;
import io.belfry.codegen.GeneratedFiles;
import io.belfry.codegen.Generator;
import io.belfry.schema.Operation;
import io.belfry.schema.Schema;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The sources of `io.belfry.sdk.model` and `io.belfry.sdk.api`, and a list of the models for the
/// SDK itself.
public final class SdkSources implements Generator {
  @Override
  public String folder() {
    return "sdk";
  }

  @Override
  public void generate(Schema schema, GeneratedFiles files) {
    var used = UsedTypes.of(schema);
    addPackage(files, Names.MODEL, "What the API's operations take and answer. Generated.");
    addPackage(files, Names.API, "The API's operations, a class for each group. Generated.");
    schema.enums().values().forEach(each -> add(files, Names.MODEL, EnumClass.of(each)));
    schema.entities().values().forEach(each -> add(files, Names.MODEL, ModelClass.entity(each)));
    used.nested().forEach(each -> add(files, Names.MODEL, ModelClass.nested(each)));
    used.objects().forEach(each -> add(files, Names.MODEL, ModelClass.object(each, used)));
    used.inputs().forEach(each -> add(files, Names.MODEL, InputClass.of(each)));
    files.add(path(Names.INTERNAL, "EntityShapes"), EntityShapesClass.of(schema));
    operationsByGroup(schema)
        .forEach((group, each) -> add(files, Names.API, new ApiClass(schema, group, each).type()));
  }

  private static Map<String, List<Operation>> operationsByGroup(Schema schema) {
    return schema.operations().values().stream()
        .collect(Collectors.groupingBy(Operation::group, TreeMap::new, Collectors.toList()));
  }

  private static void addPackage(GeneratedFiles files, String name, String doc) {
    files.add(
        path(name, "package-info"),
        """
        /**
         * %s
         */
        @NullMarked
        package %s;

        import org.jspecify.annotations.NullMarked;
        """
            .formatted(doc, name));
  }

  private static void add(GeneratedFiles files, String packageName, TypeSpec type) {
    var file = JavaFile.builder(packageName, type).skipJavaLangImports(true).indent("  ").build();
    files.add(path(packageName, type.name()), file.toString());
  }

  private static String path(String packageName, String type) {
    return packageName.replace('.', '/') + "/" + type + ".java";
  }
}
