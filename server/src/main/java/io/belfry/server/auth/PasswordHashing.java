package io.belfry.server.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// How a password is hashed, and so what one hash costs whoever makes it, and whoever guesses.
public sealed interface PasswordHashing {
  /// 19 MiB and some 60 ms.
  PasswordHashing USUAL = new Argon2(19 * 1_024, 2, 1);

  /// Nearly nothing, also for a JVM that has just started: for databases that are gone with their
  /// server, whose start it would hold up.
  PasswordHashing EPHEMERAL = new Pbkdf2(1);

  /// The hash of a password.
  byte[] hash(String password, byte[] salt, int bytes);

  /// This as the first part of a hash's text.
  String text();

  /// What [#text] has made a text of.
  ///
  /// @throws IllegalStateException if it is none
  static PasswordHashing parse(String text) {
    var argon2 = Argon2.FORM.matcher(text);
    if (argon2.matches()) {
      return new Argon2(number(argon2.group(1)), number(argon2.group(2)), number(argon2.group(3)));
    }
    var pbkdf2 = Pbkdf2.FORM.matcher(text);
    if (pbkdf2.matches()) {
      return new Pbkdf2(number(pbkdf2.group(1)));
    }
    throw new IllegalStateException("a stored password was hashed in an unknown way: " + text);
  }

  private static int number(String digits) {
    return Integer.parseInt(digits);
  }

  /// By argon2id.
  ///
  /// @param memoryKib its m
  /// @param iterations its t
  /// @param lanes its p
  record Argon2(int memoryKib, int iterations, int lanes) implements PasswordHashing {
    private static final Pattern FORM =
        Pattern.compile("argon2id\\$v=19\\$m=(\\d+),t=(\\d+),p=(\\d+)");

    @Override
    public byte[] hash(String password, byte[] salt, int bytes) {
      var generator = new Argon2BytesGenerator();
      generator.init(
          new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
              .withVersion(Argon2Parameters.ARGON2_VERSION_13)
              .withMemoryAsKB(memoryKib)
              .withIterations(iterations)
              .withParallelism(lanes)
              .withSalt(salt)
              .build());
      var hash = new byte[bytes];
      generator.generateBytes(password.getBytes(UTF_8), hash);
      return hash;
    }

    @Override
    public String text() {
      return "argon2id$v=19$m=%s,t=%s,p=%s".formatted(memoryKib, iterations, lanes);
    }
  }

  /// By PBKDF2 with HMAC-SHA-256, which every Java has; against guessing it helps little.
  record Pbkdf2(int iterations) implements PasswordHashing {
    private static final Pattern FORM = Pattern.compile("pbkdf2-sha256\\$i=(\\d+)");

    @Override
    public byte[] hash(String password, byte[] salt, int bytes) {
      try {
        var key = new PBEKeySpec(password.toCharArray(), salt, iterations, bytes * Byte.SIZE);
        return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
            .generateSecret(key)
            .getEncoded();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every Java has PBKDF2", e);
      }
    }

    @Override
    public String text() {
      return "pbkdf2-sha256$i=" + iterations;
    }
  }
}
