package io.belfry.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.query.Language;
import io.belfry.server.config.UpCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What documents say of the server is so.
class DocumentsTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern OPTION = Pattern.compile("(?<=[ `])--[a-z][a-z-]*");
  private static final Pattern LANGUAGE = Pattern.compile("content-language: ([^'\"\\s]+)");

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "README.zh-CN.md", "docs/operating.md"})
  void namesOptionsThatExist(String document) throws IOException {
    assertThat(UpCommand.spec(List.of(), Map.of()).optionsMap()).containsKeys(options(document));
  }

  @Test
  void namesTheSameOptionsInBothLanguages() throws IOException {
    assertThat(options("README.zh-CN.md")).isEqualTo(options("README.md")).isNotEmpty();
  }

  /// Options of `./belfry up`; those of other programs stand in lines without it.
  private static String[] options(String document) throws IOException {
    var lines =
        text(document)
            .lines()
            .filter(line -> line.contains("./belfry up") || line.contains("`--"))
            .collect(Collectors.joining("\n"));
    return all(OPTION, lines, 0).toArray(String[]::new);
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "README.zh-CN.md"})
  void asksForLanguagesThatExist(String document) throws IOException {
    var known = Arrays.stream(Language.values()).map(Language::tag).toList();

    assertThat(known).containsAll(all(LANGUAGE, text(document), 1));
  }

  private static Set<String> all(Pattern pattern, String text, int group) {
    return pattern
        .matcher(text)
        .results()
        .map(found -> found.group(group))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String text(String document) throws IOException {
    return Files.readString(ROOT.resolve(document));
  }
}
