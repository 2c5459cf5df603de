package io.belfry.server.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// Hashes passwords with argon2id. One hash takes memory and time on purpose, so only a few are
/// made at once. Thread-safe.
///
/// Hashes are texts in the usual form, `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`: old ones stay
/// good when the cost changes.
final class Passwords {
  /// Longer ones are never right.
  static final int MAX_LENGTH = 1_024;

  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Pattern FORM =
      Pattern.compile("\\$argon2id\\$v=19\\$m=(\\d+),t=(\\d+),p=(\\d+)\\$([^$]+)\\$([^$]+)");
  private static final Base64.Encoder TEXT = Base64.getEncoder().withoutPadding();

  private final PasswordCost cost;
  private final SecureRandom random;
  private final Semaphore slots;
  private final String nobodys;

  /// @param cost of new hashes
  /// @param atOnce how many hashes are made at the same time
  Passwords(PasswordCost cost, SecureRandom random, int atOnce) {
    this.cost = cost;
    this.random = random;
    this.slots = new Semaphore(atOnce);
    this.nobodys = text(cost, salt(), new byte[HASH_BYTES]);
  }

  String hash(String password) {
    var salt = salt();
    return text(cost, salt, argon2(password, cost, salt, HASH_BYTES));
  }

  boolean matches(String password, String hash) {
    var form = FORM.matcher(hash);
    if (!form.matches()) {
      throw new IllegalStateException("a stored password hash is none of argon2id");
    }
    var paid =
        new PasswordCost(number(form.group(1)), number(form.group(2)), number(form.group(3)));
    var salt = Base64.getDecoder().decode(form.group(4));
    var wanted = Base64.getDecoder().decode(form.group(5));
    return MessageDigest.isEqual(wanted, argon2(password, paid, salt, wanted.length));
  }

  /// Takes as long as [#matches] and says no: for users that don't exist.
  boolean matchesNobody(String password) {
    return matches(password, nobodys) && nobodys.isEmpty();
  }

  private byte[] argon2(String password, PasswordCost cost, byte[] salt, int length) {
    takeSlot();
    try {
      var generator = new Argon2BytesGenerator();
      generator.init(
          new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
              .withVersion(Argon2Parameters.ARGON2_VERSION_13)
              .withMemoryAsKB(cost.memoryKib())
              .withIterations(cost.iterations())
              .withParallelism(cost.lanes())
              .withSalt(salt)
              .build());
      var hash = new byte[length];
      generator.generateBytes(password.getBytes(UTF_8), hash);
      return hash;
    } finally {
      slots.release();
    }
  }

  private void takeSlot() {
    try {
      if (slots.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new Problem(
            ProblemCode.OVERLOADED, "Too many logins at the same time. Try again in a moment.")
        .asException();
  }

  private byte[] salt() {
    var salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return salt;
  }

  private static String text(PasswordCost cost, byte[] salt, byte[] hash) {
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            cost.memoryKib(),
            cost.iterations(),
            cost.lanes(),
            TEXT.encodeToString(salt),
            TEXT.encodeToString(hash));
  }

  private static int number(String digits) {
    return Integer.parseInt(digits);
  }
}
