package io.belfry.server;

import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.problem.ProblemException;
import io.belfry.server.config.ServerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Optional;

/// The password of the user root at the first start.
///
/// @param value what it is
/// @param file where it was written down, if it was made here
record RootPassword(String value, Optional<Path> file) {
  private static final String NAME = "root-password";
  private static final int LENGTH = 20;

  /// Without letters that look like others.
  private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789";

  /// The password that the settings give; without one, a random one, written to a file that only
  /// this user may read.
  static RootPassword choose(ServerSettings settings, SecureRandom random) {
    if (settings.rootPassword().isPresent()) {
      return new RootPassword(settings.rootPassword().get().value(), Optional.empty());
    }
    var value = random(random);
    var file = settings.folder().resolve(NAME);
    write(file, value);
    return new RootPassword(value, Optional.of(file));
  }

  private static String random(SecureRandom random) {
    var password = new StringBuilder();
    for (var i = 0; i < LENGTH; i++) {
      password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return password.toString();
  }

  private static void write(Path file, String value) {
    try {
      Files.createDirectories(file.getParent());
      Files.deleteIfExists(file);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, value + "\n");
    } catch (IOException e) {
      throw new ProblemException(
          new Problem(
              ProblemCode.PRECONDITION,
              "The password of root can't be written to %s (%s): let this user write there, or give one with --root-password"
                  .formatted(file, e)),
          e);
    }
  }
}
