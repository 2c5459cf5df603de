package io.belfry.postgres;

import java.time.Duration;
import java.util.List;

/// How much of the machine an embedded PostgreSQL may use, and how long it may take.
///
/// @param sharedBuffersMebibytes its page cache
/// @param workMemoryMebibytes memory of one sort or hash of one query
/// @param maxWalSizeMebibytes write-ahead log before it forces a checkpoint
/// @param maxConnections connections of all clients together
/// @param startLimit until it accepts connections, recovery after a crash included
/// @param stopLimit after which it is killed
public record PostgresSettings(
    int sharedBuffersMebibytes,
    int workMemoryMebibytes,
    int maxWalSizeMebibytes,
    int maxConnections,
    Duration startLimit,
    Duration stopLimit) {

  /// For a server that shares a machine with others.
  public static final PostgresSettings DEFAULT =
      new PostgresSettings(256, 16, 2048, 60, Duration.ofSeconds(60), Duration.ofSeconds(30));

  public PostgresSettings {
    requirePositive("sharedBuffersMebibytes", sharedBuffersMebibytes);
    requirePositive("workMemoryMebibytes", workMemoryMebibytes);
    requirePositive("maxWalSizeMebibytes", maxWalSizeMebibytes);
    requirePositive("maxConnections", maxConnections);
    requirePositive("startLimit in ms", startLimit.toMillis());
    requirePositive("stopLimit in ms", stopLimit.toMillis());
  }

  private static void requirePositive(String name, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + " must be positive: " + value);
    }
  }

  /// These settings as PostgreSQL's parameters. Compiling queries (`jit`) costs our short queries
  /// more than it gains; a random page costs little on the disks of today. Passwords that somebody
  /// gives to roles of their own are hashed as often as usual, other than ours.
  List<String> parameters() {
    return List.of(
        "shared_buffers=" + sharedBuffersMebibytes + "MB",
        "work_mem=" + workMemoryMebibytes + "MB",
        "max_wal_size=" + maxWalSizeMebibytes + "MB",
        "max_connections=" + maxConnections,
        "jit=off",
        "random_page_cost=1.1",
        "timezone=UTC",
        "log_timezone=UTC",
        "log_checkpoints=off",
        "scram_iterations=4096");
  }
}
