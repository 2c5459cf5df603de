package io.belfry.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class PasswordsTest {
  private final Passwords passwords = new Passwords(PasswordHashing.USUAL, new SecureRandom(), 1);

  @Test
  void knowsTheRightPassword() {
    var hash = passwords.hash("correct horse");

    assertThat(passwords.matches("correct horse", hash)).isTrue();
    assertThat(passwords.matches("wrong horse", hash)).isFalse();
  }

  @Test
  void saltsEachHash() {
    assertThat(passwords.hash("same")).isNotEqualTo(passwords.hash("same"));
  }

  @Test
  void keepsTheCostInTheHash() {
    assertThat(passwords.hash("any")).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
  }

  @Test
  void knowsPasswordsWhateverTheirHashesCost() {
    var cheap = new Passwords(PasswordHashing.EPHEMERAL, new SecureRandom(), 1);

    assertThat(passwords.matches("any", cheap.hash("any"))).isTrue();
    assertThat(cheap.matches("any", passwords.hash("any"))).isTrue();
    assertThat(cheap.matches("other", passwords.hash("any"))).isFalse();
  }

  @Test
  void matchesNobody() {
    assertThat(passwords.matchesNobody("any")).isFalse();
  }
}
