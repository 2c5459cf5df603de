package io.belfry.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.operations.Inquiries;
import io.belfry.operations.Inquiry;
import io.belfry.schema.Operation;
import io.belfry.schema.Operation.Kind;
import io.belfry.schema.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// `docs/coverage.md` tells what is built. With `-Dcoverage.write=true` this test writes it
/// instead.
class CoverageTest {
  private static final Path PAGE = Path.of("..", "docs", "coverage.md");

  /// What the server answers itself, without tasks.
  private static final Set<String> ANSWERED_BY_THE_SERVER =
      Set.of("create-root-user", "get-my-info", "get-version", "login", "resource-changes");

  private static final Set<String> INQUIRIES =
      Inquiries.built().stream().map(Inquiry::path).collect(Collectors.toUnmodifiableSet());

  @Test
  void pageTellsWhatIsBuilt() throws IOException {
    var page = page();
    if (Boolean.getBoolean("coverage.write")) {
      Files.writeString(PAGE, page);
    }

    assertThat(Files.readString(PAGE))
        .as("see CONTRIBUTING.md for how to write it")
        .isEqualTo(page);
  }

  private static String page() {
    var all = List.copyOf(Schema.bundled().operations().values());
    var listed = all.stream().filter(CoverageTest::isRead).toList();
    var built = all.stream().filter(operation -> !isRead(operation) && isBuilt(operation)).toList();
    var missing =
        all.stream().filter(operation -> !isRead(operation) && !isBuilt(operation)).toList();
    var answered = listed.size() + built.size();
    return """
    # Coverage

    Belfry knows all %s operations of the API, checks their paths, and answers %s of them; the others answer 501 and say
    so. A test compares this page with the code.

    ## Answered

    All %s list and count operations, `get-…` and `get-…-connection`, with the whole filter language.

    %s
    ## Not yet

    %s\
    """
        .formatted(all.size(), answered, listed.size(), table(built), table(missing));
  }

  private static boolean isRead(Operation operation) {
    return !(operation.kind() instanceof Kind.Custom);
  }

  private static boolean isBuilt(Operation operation) {
    return ANSWERED_BY_THE_SERVER.contains(operation.path())
        || INQUIRIES.contains(operation.path())
        || BelfryClasses.all().stream()
            .filter(OperationsTest::isOperation)
            .anyMatch(type -> type.getSimpleName().equals(operation.operationName()));
  }

  private static String table(List<Operation> operations) {
    var groups =
        operations.stream().collect(Collectors.groupingBy(Operation::group, TreeMap::new, paths()));
    var lines = new StringBuilder("| group | operations |\n|---|---|\n");
    groups.forEach((group, paths) -> lines.append("| %s | %s |\n".formatted(group, paths)));
    return lines.toString();
  }

  private static Collector<Operation, ?, String> paths() {
    return Collectors.collectingAndThen(
        Collectors.toList(),
        operations ->
            operations.stream()
                .map(operation -> "`" + operation.path() + "`")
                .sorted(Comparator.naturalOrder())
                .collect(Collectors.joining(", ")));
  }
}
