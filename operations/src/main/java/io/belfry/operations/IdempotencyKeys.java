package io.belfry.operations;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.belfry.operations.Mutation.Decided;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.problem.ProblemException;
import io.belfry.store.Store;
import io.belfry.store.Transaction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Remembers what was decided for changes, by the keys that their callers gave them, in the
/// transactions of the changes themselves: a change that was not made leaves no key behind, and one
/// that was made is made once, however often its request arrives
/// (docs/adr/0018-idempotency-keys.md).
public final class IdempotencyKeys {
  /// How long a key is remembered; longer than anybody tries again.
  public static final Duration REMEMBERED = Duration.ofDays(1);

  private static final JsonMapper JSON = new JsonMapper();

  private IdempotencyKeys() {}

  /// A request that its caller has given a key.
  ///
  /// @param key the caller's, among that caller's keys
  record Keyed(Caller caller, String key, String operation, JsonNode body) {}

  /// What was stored for a key.
  private record Stored(String operation, String body, @Nullable String decided) {}

  /// Takes a key for this transaction. Waits for another transaction that has it.
  ///
  /// @return what was decided for the same request before; absent if that is still to be done
  /// @throws ProblemException if the key was given to another request
  static Optional<List<Decided>> take(Transaction transaction, Keyed request) {
    var digest = digest(request.body());
    var taken =
        transaction.execute(
            """
            INSERT INTO belfry.idempotency_key (user_id, key, operation, body)
            VALUES (?, ?, ?, ?)
            ON CONFLICT DO NOTHING
            """,
            List.of(request.caller().userId(), request.key(), request.operation(), digest));
    if (taken == 1) {
      return Optional.empty();
    }
    var stored = stored(transaction, request);
    if (!stored.operation().equals(request.operation()) || !stored.body().equals(digest)) {
      throw new Problem(
              ProblemCode.KEY_REUSED,
              "The idempotency key %s has been used for another %s: give each request its own"
                  .formatted(
                      request.key(),
                      stored.operation().equals(request.operation())
                          ? "body of " + stored.operation()
                          : "operation, " + stored.operation()),
              Map.of("key", request.key(), "operation", stored.operation()))
          .asException();
    }
    return Optional.of(parsed(String.valueOf(stored.decided())));
  }

  private static Stored stored(Transaction transaction, Keyed request) {
    return transaction
        .query(
            """
            SELECT operation, body, decided
            FROM belfry.idempotency_key
            WHERE user_id = ? AND key = ?
            """,
            List.of(request.caller().userId(), request.key()),
            row -> new Stored(row.text(1), row.text(2), row.textOrNull(3)))
        .getFirst();
  }

  /// Remembers what was decided for the request whose key was taken.
  static void remember(Transaction transaction, Keyed request, List<Decided> decided) {
    var pairs = JSON.createArrayNode();
    decided.forEach(each -> pairs.addArray().add(each.taskId()).add(each.id()));
    transaction.execute(
        "UPDATE belfry.idempotency_key SET decided = ? WHERE user_id = ? AND key = ?",
        List.of(pairs.toString(), request.caller().userId(), request.key()));
  }

  /// Forgets keys that are older than [#REMEMBERED].
  ///
  /// @param limit how many at most
  /// @return how many
  public static int forgetOld(Store store, int limit) {
    return store.write(transaction ->
        transaction.execute(
            """
            DELETE FROM belfry.idempotency_key
            WHERE (user_id, key) IN (
              SELECT user_id, key
              FROM belfry.idempotency_key
              WHERE created_at < now() - ? * INTERVAL '1 second'
              LIMIT ?)
            """,
            List.of(REMEMBERED.toSeconds(), limit)));
  }

  /// Forgets all keys.
  public static void forgetAll(Transaction transaction) {
    transaction.executeSoon("DELETE FROM belfry.idempotency_key", Collections.emptyList());
  }

  private static List<Decided> parsed(String pairs) {
    try {
      return JSON.readTree(pairs)
          .valueStream()
          .map(pair -> new Decided(pair.path(0).textValue(), pair.path(1).asText()))
          .toList();
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("we wrote it", impossible);
    }
  }

  private static String digest(JsonNode body) {
    try {
      var bytes = body.toString().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
