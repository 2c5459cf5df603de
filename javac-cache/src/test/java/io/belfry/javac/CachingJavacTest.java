package io.belfry.javac;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CachingJavacTest {
  private static final String COUNTER =
      """
      public final class Counter implements com.sun.source.util.Plugin {
        private static int compilations;

        @Override
        public String getName() {
          return "Counter";
        }

        @Override
        public void init(com.sun.source.util.JavacTask task, String... words) {
          System.setProperty("compilations", Integer.toString(++compilations));
        }
      }
      """;

  private final JavaCompiler javac = new CachingJavac().newJavaCompiler();

  @TempDir Path folder;

  @BeforeEach
  void compileAPlugin() throws Exception {
    var services = Files.createDirectories(folder.resolve("plugin/META-INF/services"));
    Files.writeString(services.resolve("com.sun.source.util.Plugin"), "Counter");
    assertThat(compile("Counter", COUNTER, List.of("-d", folder + "/plugin"))).isEmpty();
  }

  @Test
  void keepsAPluginFromOneCompilationToTheNext() throws Exception {
    for (var expected : List.of("1", "2", "3")) {
      assertThat(compile("Empty", "class Empty {}", withPlugin("plugin"))).isEmpty();
      assertThat(System.getProperty("compilations")).isEqualTo(expected);
    }
  }

  @Test
  void loadsThePluginOfAnotherPathAnew() throws Exception {
    compile("Empty", "class Empty {}", withPlugin("plugin"));
    var other = folder.resolve("other");
    Files.move(folder.resolve("plugin"), other);

    compile("Empty", "class Empty {}", withPlugin("other"));

    assertThat(System.getProperty("compilations")).isEqualTo("1");
  }

  @Test
  void saysWhatIsWrong() throws Exception {
    assertThat(compile("Wrong", "class Wrong extends Missing {}", withPlugin("plugin")))
        .contains("Wrong.java:1", "Missing");
  }

  private List<String> withPlugin(String path) {
    return List.of(
        "-processorpath",
        folder.resolve(path).toString(),
        "-Xplugin:Counter",
        "-proc:none",
        "--release",
        "17",
        "-d",
        folder + "/classes");
  }

  /// As Maven does. Returns what javac says.
  private String compile(String name, String source, List<String> options) throws Exception {
    var file = Files.writeString(folder.resolve(name + ".java"), source);
    var said = new StringWriter();
    try (var files = javac.getStandardFileManager(null, null, null)) {
      var sources = files.getJavaFileObjects(file);
      javac.getTask(said, files, null, options, null, sources).call();
    }
    return said.toString();
  }
}
