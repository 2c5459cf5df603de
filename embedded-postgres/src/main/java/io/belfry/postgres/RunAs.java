package io.belfry.postgres;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Who PostgreSQL's programs run as. They refuse to be root, so as root we have to be somebody
/// else.
sealed interface RunAs {
  /// As the user of this process, who isn't root.
  record Ourselves() implements RunAs {}

  /// As root in a user namespace that knows no root: the programs see an ordinary user, the files
  /// on disk stay root's.
  record UserNamespace() implements RunAs {}

  /// As another user of this machine, who owns the data directory.
  record OtherUser(String name, int userId, int groupId) implements RunAs {}

  /// The least intrusive way that works here.
  static RunAs choose() {
    if (!isRoot()) {
      return new Ourselves();
    }
    if (allowsUserNamespaces()) {
      return new UserNamespace();
    }
    return otherUser()
        .orElseThrow(() ->
            Unavailable.because(
                "PostgreSQL can't run as root, this machine forbids user namespaces (unshare -U),"
                    + " and /etc/passwd knows neither postgres nor nobody: start Belfry as another"
                    + " user"));
  }

  /// What stands before a program on its command line.
  default List<String> prefix() {
    return switch (this) {
      case Ourselves _ -> List.of();
      case UserNamespace _ -> List.of("unshare", "-U", "--");
      case OtherUser(_, var userId, var groupId) ->
          List.of("setpriv", "--reuid=" + userId, "--regid=" + groupId, "--clear-groups", "--");
    };
  }

  /// Who that is, for an error message.
  default String who() {
    return switch (this) {
      case Ourselves _ -> "this user";
      case UserNamespace _ -> "root in a user namespace";
      case OtherUser(var name, _, _) -> "user " + name;
    };
  }

  /// Lets the programs use this file or folder.
  default void give(Path path) throws IOException {
    if (this instanceof OtherUser(_, var userId, var groupId)) {
      Files.setAttribute(path, "unix:uid", userId, LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(path, "unix:gid", groupId, LinkOption.NOFOLLOW_LINKS);
    }
  }

  private static boolean isRoot() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    } catch (IOException e) {
      throw Unavailable.because(
          "can't tell which user this process is (%s): mount /proc".formatted(e), e);
    }
  }

  private static boolean allowsUserNamespaces() {
    try {
      var probe = new Command(List.of("unshare", "-U", "--", "true"));
      return probe.run(Redirect.DISCARD, Duration.ofSeconds(10)) == 0;
    } catch (IOException e) {
      return false; // no such program here
    }
  }

  private static Optional<OtherUser> otherUser() {
    try (var lines = Files.lines(Path.of("/etc/passwd"))) {
      var users = lines.map(line -> line.split(":", -1)).filter(user -> user.length > 3).toList();
      return Stream.of("postgres", "nobody")
          .flatMap(name -> users.stream().filter(user -> user[0].equals(name)))
          .map(user -> new OtherUser(user[0], Integer.parseInt(user[2]), Integer.parseInt(user[3])))
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
