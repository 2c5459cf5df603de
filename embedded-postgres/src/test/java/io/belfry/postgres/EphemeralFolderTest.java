package io.belfry.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EphemeralFolderTest {
  @TempDir Path place;

  @Test
  void goesWithAllThatIsInIt() throws Exception {
    var folder = new EphemeralFolder();
    var made = folder.createIn(place);
    Files.createDirectories(made.resolve("a/b"));
    Files.createSymbolicLink(made.resolve("a/link"), place);

    folder.delete();

    assertThat(place).isEmptyDirectory();
  }

  @Test
  void deletesWhatAKilledProcessHasLeft() {
    var left = new EphemeralFolder().createIn(place);
    DirectoryLock.of(DataDirectory.at(left)).close(); // as the kernel leaves it

    var made = new EphemeralFolder().createIn(place);

    assertThat(left).doesNotExist();
    assertThat(made).exists();
  }

  @Test
  void leavesWhatIsInUse() {
    var used = new EphemeralFolder().createIn(place);
    try (var _ = DirectoryLock.of(DataDirectory.at(used))) {
      var made = new EphemeralFolder().createIn(place);

      assertThat(used).exists();
      assertThat(made).exists();
    }
  }

  @Test
  void leavesWhatWasMadeAMomentAgo() {
    var first = new EphemeralFolder().createIn(place);

    var second = new EphemeralFolder().createIn(place);

    assertThat(first).exists();
    assertThat(second).exists();
  }

  @Test
  void deletesWhatNobodyHasUsedForHours() throws Exception {
    var left = new EphemeralFolder().createIn(place);
    var hours = FileTime.from(Instant.now().minus(Duration.ofHours(2)));
    Files.setLastModifiedTime(left.resolve("belfry.ephemeral"), hours);

    var _ = new EphemeralFolder().createIn(place);

    assertThat(left).doesNotExist();
  }

  @Test
  void leavesFoldersThatAreToBeKept() throws Exception {
    var kept = Files.createDirectory(place.resolve("belfry-data"));
    DirectoryLock.of(DataDirectory.at(kept)).close();

    var _ = new EphemeralFolder().createIn(place);

    assertThat(kept).exists();
  }

  @Test
  void leavesWhatIsOfOtherUsers() throws Exception {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root can give folders away");
    var others = new EphemeralFolder().createIn(place);
    DirectoryLock.of(DataDirectory.at(others)).close();
    Files.setAttribute(others, "unix:uid", 65534);

    var _ = new EphemeralFolder().createIn(place);

    assertThat(others).exists();
  }

  @Test
  void leavesLinks() throws Exception {
    var left = new EphemeralFolder().createIn(place);
    DirectoryLock.of(DataDirectory.at(left)).close();
    var elsewhere = Files.createDirectory(place.resolve("elsewhere"));
    var link = Files.createSymbolicLink(elsewhere.resolve("belfry-link"), left);

    var _ = new EphemeralFolder().createIn(elsewhere);

    assertThat(left).exists();
    assertThat(link).isSymbolicLink();
  }
}
