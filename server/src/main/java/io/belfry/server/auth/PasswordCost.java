package io.belfry.server.auth;

/// What one hash of a password costs whoever makes it, and whoever guesses.
///
/// @param memoryKib argon2's m
/// @param iterations its t
/// @param lanes its p
public record PasswordCost(int memoryKib, int iterations, int lanes) {
  /// 19 MiB and some 60 ms.
  public static final PasswordCost USUAL = new PasswordCost(19 * 1_024, 2, 1);

  /// As little as argon2 allows: for databases that are gone with their server, whose start it
  /// would hold up.
  public static final PasswordCost EPHEMERAL = new PasswordCost(8, 1, 1);
}
