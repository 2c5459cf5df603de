package io.belfry.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratedFilesTest {
  private static final FileTime LONG_AGO = FileTime.fromMillis(0);

  private final GeneratedFiles files = new GeneratedFiles();

  @TempDir private Path folder;

  @Test
  void writesFilesInFolders() throws IOException {
    files.add("a/b/C.java", "class C {}");
    files.writeTo(folder.resolve("new"));
    assertThat(folder.resolve("new/a/b/C.java")).hasContent("class C {}");
  }

  @Test
  void touchesOnlyWhatChanged() throws IOException {
    var same = Files.writeString(folder.resolve("same"), "1");
    var changed = Files.writeString(folder.resolve("changed"), "1");
    Files.setLastModifiedTime(same, LONG_AGO);
    Files.setLastModifiedTime(changed, LONG_AGO);
    files.add("same", "1");
    files.add("changed", "2");

    files.writeTo(folder);

    assertThat(Files.getLastModifiedTime(same)).isEqualTo(LONG_AGO);
    assertThat(Files.getLastModifiedTime(changed)).isGreaterThan(LONG_AGO);
    assertThat(changed).hasContent("2");
  }

  @Test
  void deletesWhatIsNoLongerGenerated() throws IOException {
    var stale = Files.writeString(folder.resolve("Stale.java"), "class Stale {}");
    files.add("Fresh.java", "class Fresh {}");
    files.writeTo(folder);
    assertThat(stale).doesNotExist();
    assertThat(folder.resolve("Fresh.java")).exists();
  }

  @Test
  void refusesASecondFileOfTheSameName() {
    files.add("A.java", "");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> files.add("A.java", ""))
        .withMessage("two generated files are called A.java");
  }
}
