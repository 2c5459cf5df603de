package io.belfry.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.belfry.sdk.TestServer.Answer;
import io.belfry.sdk.model.Vm;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Tokens that the server doesn't accept any more.
final class RenewalTest {
  private static final int CALLS = 8;

  private final TestServer server = TestServer.start();
  private final AtomicInteger logins = new AtomicInteger();
  private volatile int accepted = 1;

  @BeforeEach
  void answer() {
    server
        .on(
            "login",
            call ->
                Answer.ok("{\"data\": {\"token\": \"%s\"}}".formatted(logins.incrementAndGet())))
        .on("get-vms", this::answered)
        .on("start-vm", this::answered);
  }

  private Answer answered(TestServer.Call call) {
    return isAccepted(call) ? Answer.ok("[]") : new Answer(401, "");
  }

  private boolean isAccepted(TestServer.Call call) {
    return String.valueOf(accepted).equals(call.header("Authorization"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void areRenewedAndTheCallIsMadeAgain() {
    try (var client = ApiClient.connect(server.url(), Credentials.local("root", "secret"))) {
      accepted = 2;

      client.call("start-vm", Json.object());
      client.with(options -> options.language("zh-CN")).call("get-vms", Json.object());
    }

    assertThat(logins).hasValue(2);
    assertThat(server.calls())
        .extracting(TestServer.Call::path)
        .containsExactly("login", "start-vm", "login", "start-vm", "get-vms");
    assertThat(server.calls().get(2).header("Authorization")).isNull();
  }

  @Test
  void areRenewedOnceForAllCalls() throws Exception {
    var together = new CyclicBarrier(CALLS);
    server.on(
        "get-vms",
        call -> {
          if (!isAccepted(call)) {
            await(together); // so that all calls come with the old token
          }
          return answered(call);
        });
    try (var client = ApiClient.connect(server.url(), Credentials.local("root", "secret"))) {
      accepted = 2;
      var calls = new ArrayList<CompletableFuture<Json>>();
      for (var i = 0; i < CALLS; i++) {
        calls.add(client.callAsync(Operation.json("get-vms"), Json.object()));
      }
      for (var call : calls) {
        assertThat(call.get().elements()).isEmpty();
      }
    }

    assertThat(logins).hasValue(2);
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Test
  void areRenewedOnlyOnceInACall() {
    try (var client = ApiClient.connect(server.url(), Credentials.local("root", "secret"))) {
      accepted = 100;

      assertThatExceptionOfType(UnauthorizedException.class)
          .isThrownBy(() -> client.call("get-vms", Json.object()));
    }

    assertThat(logins).hasValue(2);
  }

  @Test
  void cannotBeRenewedWithoutCredentials() {
    try (var client = ApiClient.connect(server.url(), Credentials.token("expired"))) {
      assertThatExceptionOfType(UnauthorizedException.class)
          .isThrownBy(() -> client.call("get-vms", Json.object()));
    }

    assertThat(server.calls()).hasSize(1);
  }

  @Test
  void tellWhyTheyCannotBeRenewed() {
    try (var client = ApiClient.connect(server.url(), Credentials.local("root", "secret"))) {
      accepted = 2;
      server.on("login", call -> new Answer(400, "{\"message\": \"the password has changed\"}"));

      assertThatExceptionOfType(ApiException.class)
          .isThrownBy(() -> client.call("get-vms", Json.object()))
          .withMessageContaining("login: the password has changed");
    }
  }

  @Test
  void areRenewedForStreamsOfChanges() {
    server.on(
        TestServer.EVENTS,
        call -> isAccepted(call) ? Answer.events("id: 6\n\n") : new Answer(401, ""));
    try (var client = ApiClient.connect(server.url(), Credentials.local("root", "secret"))) {
      accepted = 2;

      try (var changes = client.watch(Vm.class)) {
        assertThat(changes.revision()).isEqualTo(6);
      }
    }
  }
}
