package io.belfry.server.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.operations.input.BodyCheck;
import io.belfry.operations.input.Params;
import io.belfry.operations.user.Credentials;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.problem.ProblemException;
import io.belfry.query.Language;
import io.belfry.schema.Schema;
import io.belfry.server.api.Call;
import io.belfry.server.api.OperationAnswer;
import io.belfry.server.http.Answer;
import io.belfry.store.Store;
import io.belfry.store.Transaction;
import io.belfry.store.id.IdSource;
import io.belfry.store.read.EntityReader;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The operations about the caller: `login`, `create-root-user`, `get-my-info`.
public final class AuthOperations {
  private static final String LOCAL = "LOCAL";

  private final Schema schema;
  private final EntityReader reader;
  private final BodyCheck bodies;
  private final Passwords passwords;
  private final Accounts accounts;
  private final Tokens tokens;
  private final LoginThrottle throttle;

  public AuthOperations(
      Store store,
      EntityReader reader,
      IdSource ids,
      Clock clock,
      SecureRandom random,
      PasswordHashing hashing) {
    this.schema = store.layout().schema();
    this.reader = reader;
    this.bodies = new BodyCheck(schema);
    this.passwords = new Passwords(hashing, random, Runtime.getRuntime().availableProcessors());
    this.accounts = new Accounts(store, ids, clock, passwords);
    this.tokens = new Tokens(store, clock, random);
    this.throttle = new LoginThrottle(clock);
  }

  public Accounts accounts() {
    return accounts;
  }

  public Tokens tokens() {
    return tokens;
  }

  /// What the operations that change users do to their passwords and sessions.
  public Credentials credentials() {
    return new StoredCredentials(passwords, tokens);
  }

  /// Ends the sessions of users that are gone, and forgets failed logins.
  public void forgetWhoIsGone(Transaction transaction) {
    tokens.forgetWhoIsGone(transaction);
    transaction.afterCommit(throttle::forget);
  }

  /// Tells who calls where name and password may be sent too.
  public BasicCallers basicCallers() {
    return new BasicCallers(
        tokens,
        new BasicCallers.PasswordCheck() {
          @Override
          public Optional<Accounts.Account> find(String username) {
            return accounts.find(username);
          }

          @Override
          public Accounts.Account require(String username, String password, String peer) {
            return AuthOperations.this.require(username, password, peer);
          }
        });
  }

  /// What answers them, by path.
  public Map<String, OperationAnswer> answers() {
    return Map.of(
        "login", this::login,
        "create-root-user", this::createRootUser,
        "get-my-info", this::myInfo);
  }

  private Answer login(Call call) {
    var params = params(call);
    requireLocal(params.optionalText("source").orElse(LOCAL));
    var account = require(params.text("username"), params.text("password"), call.peer());
    var token = JsonNodeFactory.instance.objectNode().put("token", tokens.issue(account.userId()));
    return Answer.json(done(token));
  }

  private Accounts.Account require(String username, String password, String peer) {
    var origin = new LoginThrottle.Origin(username, peer);
    throttle.attempt(origin);
    var account = account(username, password);
    throttle.succeeded(origin);
    return account;
  }

  private static void requireLocal(String source) {
    if (!source.equals(LOCAL)) {
      throw new Problem(
              ProblemCode.LOGIN_SOURCE_NOT_CONFIGURED,
              "No login source %s is configured here: log in with source LOCAL, or without source"
                  .formatted(source),
              Map.of("field", "body.source", "value", source))
          .asException();
    }
  }

  /// Takes the same time and says the same whether it is the user or the password that is wrong.
  private Accounts.Account account(String username, String password) {
    if (password.length() > Credentials.MAX_LENGTH) {
      throw wrong();
    }
    var account = accounts.find(username);
    var right =
        account
            .map(found -> passwords.matches(password, found.passwordHash()))
            .orElseGet(() -> passwords.matchesNobody(password));
    return account.filter(_ -> right).orElseThrow(AuthOperations::wrong);
  }

  private static ProblemException wrong() {
    return new Problem(ProblemCode.UNAUTHENTICATED, "The user or the password is wrong.")
        .asException();
  }

  private Answer createRootUser(Call call) {
    var password = params(call).text("password");
    var id =
        accounts
            .createRoot(password)
            .orElseThrow(() ->
                new Problem(
                        ProblemCode.PRECONDITION,
                        "There are users already: log in as one of them instead.")
                    .asException());
    return Answer.json(done(user(id, call.language())));
  }

  private Answer myInfo(Call call) {
    return Answer.json(user(call.requiredCaller().userId(), call.language()));
  }

  private JsonNode user(String id, Language language) {
    return reader.objects(schema.entity("User"), List.of(id), language).stream()
        .findFirst()
        .orElseThrow(
            () -> new Problem(ProblemCode.UNAUTHENTICATED, "The user is gone.").asException());
  }

  private Params params(Call call) {
    var use = call.operation().bodyUse().orElseThrow();
    return new Params("body", bodies.check(use, call.body()));
  }

  /// The answer of an operation that needed no task.
  private static ObjectNode done(JsonNode data) {
    var answer = JsonNodeFactory.instance.objectNode().putNull("task_id");
    answer.set("data", data);
    return answer;
  }
}
