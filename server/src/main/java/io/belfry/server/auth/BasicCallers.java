package io.belfry.server.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.belfry.operations.Caller;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.problem.ProblemException;
import io.belfry.server.api.Authentication;
import io.belfry.server.api.OperationRoutes;
import io.belfry.server.http.Request;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Callers of what may be called with name and password in each request (HTTP's Basic), which are
/// the ways to read changes; and with a token, as everything else. Clients that watch changes do so
/// every second, so a password that was right is remembered, as a digest that only fits the hash it
/// was compared with. Thread-safe.
public final class BasicCallers implements Authentication {
  private static final Set<String> PATHS =
      Set.of(OperationRoutes.BASE + "resource-changes", "/v2/events");

  private static final String SCHEME = "basic ";
  private static final int REMEMBERED = 1_000;

  private final Tokens tokens;
  private final PasswordCheck passwords;
  private final Set<String> remembered = ConcurrentHashMap.newKeySet();

  BasicCallers(Tokens tokens, PasswordCheck passwords) {
    this.tokens = tokens;
    this.passwords = passwords;
  }

  /// Finds out whether a password is right.
  interface PasswordCheck {
    Optional<Accounts.Account> find(String username);

    /// @throws ProblemException if it is wrong, or guessed too often
    Accounts.Account require(String username, String password, String peer);
  }

  @Override
  public Caller caller(Request request) {
    var header = request.header("authorization").orElse("").strip();
    var isBasic = header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    if (!isBasic || !PATHS.contains(request.path())) {
      return tokens.caller(request);
    }
    var pair = decoded(header.substring(SCHEME.length()).strip());
    var colon = pair.indexOf(':');
    if (colon < 0) {
      throw malformed();
    }
    return caller(pair.substring(0, colon), pair.substring(colon + 1), request.peer());
  }

  private Caller caller(String username, String password, String peer) {
    var known = passwords.find(username);
    if (known.isPresent() && remembered.contains(digest(known.get(), password))) {
      return new Caller(known.get().userId(), known.get().username());
    }
    var account = passwords.require(username, password, peer);
    if (remembered.size() >= REMEMBERED) {
      remembered.clear();
    }
    remembered.add(digest(account, password));
    return new Caller(account.userId(), account.username());
  }

  private static String decoded(String text) {
    try {
      return new String(Base64.getDecoder().decode(text), UTF_8);
    } catch (IllegalArgumentException e) {
      throw malformed();
    }
  }

  private static ProblemException malformed() {
    return new Problem(
            ProblemCode.UNAUTHENTICATED,
            "The header Authorization must be Basic and then name:password in Base64, or a token.")
        .asException();
  }

  private static String digest(Accounts.Account account, String password) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(account.passwordHash().getBytes(UTF_8));
      return HexFormat.of().formatHex(digest.digest(password.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
