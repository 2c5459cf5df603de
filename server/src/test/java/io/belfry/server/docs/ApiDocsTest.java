package io.belfry.server.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ApiDocsTest {
  private static final Pattern LINK =
      Pattern.compile("(?:from '\\./|fetch\\('|src=\"|href=\")([a-z]+\\.[a-z]+)['\"]");

  private final ApiDocs docs = ApiDocs.bundled();

  @Test
  void startsWithThePage() {
    var page = docs.file("").orElseThrow();
    assertThat(page.contentType()).isEqualTo("text/html; charset=utf-8");
    assertThat(text("")).contains("<main id=\"page\"");
  }

  @Test
  void hasEveryFileThatThePageAsksFor() {
    assertThat(reached())
        .contains("docs.js", "docs.css", "try.js", "openapi.json")
        .allSatisfy(name -> assertThat(docs.file(name)).as(name).isPresent());
  }

  @Test
  void asksNoOtherHost() {
    assertThat(reached())
        .filteredOn(name -> !name.equals("openapi.json"))
        .allSatisfy(name -> assertThat(text(name)).as(name).doesNotContain("://", "@import"));
  }

  @ParameterizedTest
  @FieldSource("io.belfry.server.docs.ApiDocs#DOCUMENTS")
  void servesTheDocumentsOfTheWholeApi(String name) throws IOException {
    var document = docs.file(name).orElseThrow();
    assertThat(document.contentType()).isEqualTo("application/json");
    assertThat(new ObjectMapper().readTree(document.plain()).path("paths")).hasSize(573);
    assertThat(document.gzipped().length).isLessThan(document.plain().length / 10);
  }

  @Test
  void tagsContentNotTheBuild() {
    assertThat(docs.file("docs.js").orElseThrow().entityTag())
        .isEqualTo(ApiDocs.bundled().file("docs.js").orElseThrow().entityTag())
        .isNotEqualTo(docs.file("docs.css").orElseThrow().entityTag())
        .matches("\"[0-9a-f]{16}\"");
  }

  @Test
  void knowsNothingElse() {
    assertThat(docs.file("../config.json")).isEmpty();
    assertThat(docs.file("openapi.json.gz")).isEmpty();
  }

  /// The names of all files that the page refers to, directly or through others.
  private Set<String> reached() {
    var reached = new TreeSet<String>();
    var open = new ArrayDeque<String>();
    open.add("index.html");
    while (!open.isEmpty()) {
      var name = open.remove();
      if (reached.add(name) && !name.equals("openapi.json")) {
        LINK.matcher(text(name)).results().map(match -> match.group(1)).forEach(open::add);
      }
    }
    return reached;
  }

  private String text(String name) {
    return new String(docs.file(name).orElseThrow().plain(), UTF_8);
  }
}
