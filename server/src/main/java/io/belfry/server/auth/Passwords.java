package io.belfry.server.auth;

import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// Hashes passwords. One hash takes memory and time on purpose, so only a few are made at once.
/// Thread-safe.
///
/// Hashes are texts in the usual form, `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`: old ones stay
/// good when others are made in another way.
final class Passwords {
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Pattern FORM = Pattern.compile("\\$(.+)\\$([^$]+)\\$([^$]+)");
  private static final Base64.Encoder TEXT = Base64.getEncoder().withoutPadding();

  private final PasswordHashing hashing;
  private final SecureRandom random;
  private final Semaphore slots;
  private final String nobodys;

  /// @param hashing how new passwords are hashed
  /// @param atOnce how many hashes are made at the same time
  Passwords(PasswordHashing hashing, SecureRandom random, int atOnce) {
    this.hashing = hashing;
    this.random = random;
    this.slots = new Semaphore(atOnce);
    this.nobodys = text(hashing, salt(), new byte[HASH_BYTES]);
  }

  String hash(String password) {
    var salt = salt();
    return text(hashing, salt, hash(password, hashing, salt, HASH_BYTES));
  }

  boolean matches(String password, String hash) {
    var form = FORM.matcher(hash);
    if (!form.matches()) {
      throw new IllegalStateException("a stored password hash has an unknown form");
    }
    var paid = PasswordHashing.parse(form.group(1));
    var salt = Base64.getDecoder().decode(form.group(2));
    var wanted = Base64.getDecoder().decode(form.group(3));
    return MessageDigest.isEqual(wanted, hash(password, paid, salt, wanted.length));
  }

  /// Takes as long as [#matches] and says no: for users that don't exist.
  boolean matchesNobody(String password) {
    return matches(password, nobodys) && nobodys.isEmpty();
  }

  private byte[] hash(String password, PasswordHashing hashing, byte[] salt, int bytes) {
    takeSlot();
    try {
      return hashing.hash(password, salt, bytes);
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

  private static String text(PasswordHashing hashing, byte[] salt, byte[] hash) {
    return "$%s$%s$%s"
        .formatted(hashing.text(), TEXT.encodeToString(salt), TEXT.encodeToString(hash));
  }
}
