package io.belfry.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Rules for files that reviewers should not have to think of.
class TidyTest {
  private static final Pattern TO_DO = Pattern.compile("\\b(TODO|FIXME|XXX)\\b(?!\\(#\\d+\\))");
  private static final Pattern OWN_MACHINE =
      Pattern.compile("(?<![\\w.}:/<-])/(work|root|home/(?!belfry\\b)\\w+|Users/\\w+)(/|\\b)");
  private static final Pattern REGISTRY =
      Pattern.compile(
          "repo1?\\.maven\\.|files\\.pythonhosted\\.|registry\\.npmjs\\.|proxy\\.golang\\."
              + "|\\bartifactory\\b|\\bnexus\\b|--(extra-)?index-url|--trusted-host");
  private static final Pattern GENERATED_PACKAGE =
      Pattern.compile(".*/src/.*/io/belfry/(store/rows|sdk/model|sdk/api)/.*\\.java");
  private static final int ADR_LINES = 60;

  private final RepositoryFiles files = RepositoryFiles.tracked();

  @Test
  void packagesSayWhatTheyHold() {
    var described =
        files
            .named("/package-info.java")
            .filter(
                file -> file.text().startsWith("///") && file.text().contains("\n@NullMarked\n"))
            .map(TidyTest::packageInModule)
            .collect(Collectors.toSet());

    assertThat(files.javaSources())
        .filteredOn(file -> !file.name().endsWith("/module-info.java"))
        .as("packages without a described, @NullMarked package-info")
        .extracting(TidyTest::packageInModule)
        .isSubsetOf(described);
  }

  /// `store io/belfry/store/row`, the same for tests and what they test.
  private static String packageInModule(RepositoryFile file) {
    return file.folder().replaceFirst("/src/(main|test)/java/", " ");
  }

  @Test
  void promisesHaveAnIssue() {
    assertThat(lines(line -> TO_DO.matcher(line).find()))
        .filteredOn(line -> !line.startsWith("tidy/"))
        .as("left to do without an issue number in brackets")
        .isEmpty();
  }

  @Test
  void generatedJavaIsNotKept() {
    assertThat(files.named(".java").map(RepositoryFile::name))
        .noneMatch(name -> GENERATED_PACKAGE.matcher(name).matches())
        .noneMatch(name -> name.contains("/target/") || name.contains("/generated/"));
  }

  @Test
  void linksLeadSomewhere() {
    assertThat(files.named(".md").flatMap(file -> new MarkdownLinks(file).broken().stream()))
        .as("links to what doesn't exist")
        .isEmpty();
  }

  @Test
  void decisionsFitOnAPage() {
    assertThat(files.named(".md").filter(file -> file.folder().equals("docs/adr")))
        .allSatisfy(file ->
            assertThat(file.text().lines()).as(file.name()).hasSizeLessThanOrEqualTo(ADR_LINES))
        .extracting(file -> file.path().getFileName().toString())
        .allMatch(name -> name.matches("\\d{4}-[a-z0-9-]+\\.md"))
        .extracting(name -> name.substring(0, 4))
        .doesNotHaveDuplicates();
  }

  @Test
  void linesAreClean() {
    assertThat(lines(line -> line.contains("\t") || line.endsWith(" ") || line.endsWith("\r")))
        .as("tabs, spaces at the end of a line, foreign line ends")
        .isEmpty();
  }

  @Test
  void textsEndWithALine() {
    assertThat(files.texts())
        .filteredOn(file -> !file.text().isEmpty())
        .allMatch(file -> file.text().endsWith("\n") && !file.text().endsWith("\n\n"));
  }

  @Test
  void nothingDependsOnSomebodysMachine() {
    assertThat(lines(line -> OWN_MACHINE.matcher(line).find() || REGISTRY.matcher(line).find()))
        .filteredOn(line -> !line.startsWith("tidy/"))
        .as("paths and package registries of one machine")
        .isEmpty();
    assertThat(files.named("pom.xml").map(RepositoryFile::text))
        .noneMatch(pom -> pom.contains("<repositor") || pom.contains("<pluginRepositor"));
  }

  @Test
  void scriptsCanBeRun() {
    assertThat(files.texts().filter(file -> file.text().startsWith("#!")))
        .allMatch(file -> Files.isExecutable(file.path()));
    assertThat(files.texts().filter(file -> Files.isExecutable(file.path())))
        .allMatch(file -> file.text().startsWith("#!"));
  }

  private List<String> lines(Predicate<String> wrong) {
    return files.texts().flatMap(file -> file.linesThat(wrong).stream()).toList();
  }
}
