package io.belfry.server.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.belfry.operations.Caller;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.problem.ProblemException;
import io.belfry.query.layout.Layout;
import io.belfry.server.api.Authentication;
import io.belfry.server.http.Request;
import io.belfry.store.ResultRow;
import io.belfry.store.Store;
import io.belfry.store.Transaction;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The tokens of those who are logged in. A token is good as long as its user exists; the server
/// keeps its digest only. Thread-safe.
public final class Tokens implements Authentication {
  private static final int TOKEN_BYTES = 32;
  private static final int TOKENS_PER_USER = 1_000;

  /// How long a token may be good after its user is gone.
  private static final Duration TRUST = Duration.ofSeconds(10);

  private static final int REMEMBERED = 10_000;
  private static final String SCHEME = "bearer ";

  private final Store store;
  private final InstantSource clock;
  private final SecureRandom random;
  private final Map<String, Verified> remembered = new ConcurrentHashMap<>();

  Tokens(Store store, InstantSource clock, SecureRandom random) {
    this.store = store;
    this.clock = clock;
    this.random = random;
  }

  private record Verified(Caller caller, Instant until) {}

  /// A new token. Of each user's, the thousand used last are kept.
  String issue(String userId) {
    var bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    var token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    store.change(transaction -> {
      transaction.execute(
          """
          DELETE FROM belfry.token
          WHERE digest IN (
            SELECT digest
            FROM belfry.token
            WHERE user_id = ?
            ORDER BY last_used_at DESC
            OFFSET ?)
          """,
          List.of(userId, TOKENS_PER_USER - 1));
      transaction.execute(
          "INSERT INTO belfry.token (digest, user_id) VALUES (?, ?)",
          List.of(digest(token), userId));
    });
    return token;
  }

  /// Ends the sessions of a user, here as soon as the transaction is committed.
  void endSessions(Transaction transaction, String userId) {
    transaction.execute("DELETE FROM belfry.token WHERE user_id = ?", List.of(userId));
    transaction.afterCommit(remembered::clear);
  }

  /// Ends the sessions of users that are gone, here as soon as the transaction is committed.
  void forgetWhoIsGone(Transaction transaction) {
    transaction.executeSoon(
        """
        DELETE FROM belfry.token AS token
        WHERE NOT EXISTS (SELECT FROM %s AS u WHERE u.id = token.user_id)
        """
            .formatted(Layout.qualified(store.layout().table("User").name())),
        List.of());
    transaction.afterCommit(remembered::clear);
  }

  /// Reads the header `Authorization`: the token as it is, or after `Bearer`.
  @Override
  public Caller caller(Request request) {
    var header = request.header("authorization").orElse("").strip();
    if (header.isEmpty()) {
      throw unauthenticated("This operation needs a token in the header Authorization.");
    }
    var token =
        header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
            ? header.substring(SCHEME.length()).strip()
            : header;
    return find(digest(token))
        .orElseThrow(() -> unauthenticated("The token in the header Authorization is not valid."));
  }

  private static ProblemException unauthenticated(String what) {
    return new Problem(
            ProblemCode.UNAUTHENTICATED,
            what
                + " Get one with POST /v2/api/login {\"username\": \"…\", \"password\": \"…\","
                + " \"source\": \"LOCAL\"}.")
        .asException();
  }

  private Optional<Caller> find(String digest) {
    var now = clock.instant();
    var known = remembered.get(digest);
    if (known != null && now.isBefore(known.until())) {
      return Optional.of(known.caller());
    }
    var caller = stored(digest);
    remember(digest, now, caller);
    return caller;
  }

  private void remember(String digest, Instant now, Optional<Caller> caller) {
    if (caller.isEmpty()) {
      remembered.remove(digest);
      return;
    }
    if (remembered.size() >= REMEMBERED) {
      remembered.clear();
    }
    remembered.put(digest, new Verified(caller.get(), now.plus(TRUST)));
  }

  private Optional<Caller> stored(String digest) {
    record Found(Caller caller, boolean stale) {}
    var users = Layout.qualified(store.layout().table("User").name());
    var found =
        store
            .query(
                """
                SELECT u.id, u.username, t.last_used_at < now() - INTERVAL '1 minute'
                FROM belfry.token t
                JOIN %s u ON u.id = t.user_id
                WHERE t.digest = ?
                """
                    .formatted(users),
                List.of(digest),
                row -> new Found(caller(row), row.text(3).equals("t")))
            .stream()
            .findFirst();
    if (found.isPresent() && found.get().stale()) {
      store.change(transaction -> touch(transaction, digest));
    }
    return found.map(Found::caller);
  }

  private static Caller caller(ResultRow row) {
    return new Caller(row.text(1), row.text(2));
  }

  private static void touch(Transaction transaction, String digest) {
    transaction.execute(
        "UPDATE belfry.token SET last_used_at = now() WHERE digest = ?", List.of(digest));
  }

  private static String digest(String token) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
