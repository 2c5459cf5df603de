package io.belfry.tidy;

import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The links of one Markdown file that lead into the repository.
final class MarkdownLinks {
  private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```|`[^`\n]*`");
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
  private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+)$");

  private final RepositoryFile file;

  MarkdownLinks(RepositoryFile file) {
    this.file = file;
  }

  /// Links to files or headings that don't exist.
  List<String> broken() {
    var prose = CODE.matcher(file.text()).replaceAll("");
    return LINK.matcher(prose)
        .results()
        .map(link -> link.group(1))
        .filter(target -> !ELSEWHERE.matcher(target).matches())
        .filter(target -> !resolves(target))
        .map(target -> file.name() + ": " + target)
        .toList();
  }

  private boolean resolves(String target) {
    var hash = target.indexOf('#');
    var path = hash < 0 ? target : target.substring(0, hash);
    var name = path.isEmpty() ? file.name() : relative(path);
    var linked = new RepositoryFile(file.root(), name);
    if (!Files.exists(linked.path())) {
      return false;
    }
    return hash < 0 || anchors(linked).contains(target.substring(hash + 1));
  }

  private String relative(String path) {
    var target = file.root().resolve(file.folder()).resolve(path).normalize();
    return file.root().relativize(target).toString();
  }

  /// Anchors of a file's headings, as code hosts make them.
  private static List<String> anchors(RepositoryFile file) {
    return HEADING
        .matcher(file.text())
        .results()
        .map(MarkdownLinks::anchor)
        .collect(Collectors.toList());
  }

  private static String anchor(MatchResult heading) {
    return heading
        .group(1)
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N} _-]", "")
        .replace(' ', '-');
  }
}
