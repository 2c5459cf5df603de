package io.belfry.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The SDK as a module, for programs that are modules themselves.
final class ModuleTest {
  private static final String PROGRAM =
      """
      package program;

      import io.belfry.sdk.Operation;
      import io.belfry.sdk.model.Vm;
      import io.belfry.sdk.model.VmUpdateParamsData;
      import java.util.concurrent.Callable;

      public final class Program implements Callable<String> {
        public Program() {}

        @Override
        public String call() {
          var update = VmUpdateParamsData.builder().name("db").build();
          return Operation.list("get-vms", Vm.SHAPE).path() + Vm.NAME.is("web").json() + update.json();
        }
      }
      """;

  @TempDir Path directory;

  @Test
  void isUsedByAModuleThatRequiresNothingElse() throws Exception {
    var sources = Files.createDirectory(directory.resolve("sources"));
    var classes = directory.resolve("classes");
    var path = List.of(place(ApiClient.class), place(JsonParser.class));
    Files.writeString(
        sources.resolve("module-info.java"),
        "module program { requires io.belfry.sdk; exports program; }");
    Files.writeString(sources.resolve("Program.java"), PROGRAM);

    compile(sources, classes, path);

    var finder =
        ModuleFinder.of(Stream.concat(Stream.of(classes), path.stream()).toArray(Path[]::new));
    var boot = ModuleLayer.boot();
    var configuration = boot.configuration().resolve(finder, ModuleFinder.of(), Set.of("program"));
    var layer =
        boot.defineModulesWithOneLoader(configuration, ClassLoader.getPlatformClassLoader());
    var program = layer.findLoader("program").loadClass("program.Program");
    assertThat(((Callable<?>) program.getConstructor().newInstance()).call())
        .isEqualTo("get-vms{\"name\":\"web\"}{\"name\":\"db\"}");
  }

  /// Also fails on warnings.
  private static void compile(Path sources, Path classes, List<Path> path) throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var said = new StringWriter();
    try (var files = compiler.getStandardFileManager(null, null, null);
        var found = Files.list(sources)) {
      var units = files.getJavaFileObjectsFromPaths(found.toList());
      var modules = path.stream().map(Path::toString).collect(Collectors.joining(":"));
      var options =
          List.of(
              "-p", modules, "-d", classes.toString(), "--release", "17", "-Xlint:all", "-Werror");
      var task = compiler.getTask(said, files, null, options, null, units);
      assertThat(task.call()).as(said::toString).isTrue();
    }
  }

  private static Path place(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
