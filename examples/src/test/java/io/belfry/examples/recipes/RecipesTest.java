package io.belfry.examples.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.belfry.examples.RunningServer;
import io.belfry.examples.Surroundings;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.CallListener;
import io.belfry.sdk.UploadException;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Vm;
import io.belfry.sdk.model.VmStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// `docs/sdk.md`
@ExtendWith(RunningServer.class)
final class RecipesTest {
  private static final Path DOCUMENT = Path.of("../docs/sdk.md");
  private static final Path SOURCE =
      Path.of("src/main/java/io/belfry/examples/recipes/Recipes.java");

  private final ApiClient client;
  private final Surroundings around;

  RecipesTest(Surroundings around) {
    this.client = around.client();
    this.around = around;
  }

  @Test
  void areWhatTheDocumentShows() throws IOException {
    var source = squeezed(Files.readString(SOURCE));
    var blocks =
        Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(DOCUMENT))
            .results()
            .map(found -> squeezed(found.group(1)))
            .toList();

    assertThat(blocks).hasSizeGreaterThan(4).allMatch(source::contains);
  }

  private static String squeezed(String code) {
    return code.lines().map(String::strip).collect(Collectors.joining("\n")).strip();
  }

  @Test
  void readTheEnvironment() {
    var server = around.server();
    var environment =
        Map.of(
            "BELFRY_URL", server.url(),
            "BELFRY_USER", server.user(),
            "BELFRY_PASSWORD", server.password());

    assertThat(Recipes.countVms(environment)).isPositive();
  }

  @Test
  void readALongList() {
    var memory =
        new VmApi(client)
            .getVms().stream()
                .filter(vm -> vm.status().toString().equals("RUNNING"))
                .mapToLong(Vm::memory)
                .sum();

    assertThat(Recipes.memoryOfRunningVms(client)).isEqualTo(memory).isPositive();
    assertThat(Recipes.memoryOfRunningVms(client.with(o -> o.inOneAnswer()))).isEqualTo(memory);
  }

  @Test
  void lookForOneObject() {
    assertThat(Recipes.hostOf(client, around.blankVm().name())).isNotEqualTo("no such VM");
    assertThat(Recipes.hostOf(client, "none")).isEqualTo("no such VM");
  }

  @Test
  void startAndSayWhatWentWrong() {
    assertThat(Recipes.start(client, around.blankVm().id())).isEqualTo("running");
    assertThat(Recipes.start(client, "none")).isEqualTo("no such VM");
  }

  @Test
  void goToTheStandby() {
    var attempts = new ConcurrentLinkedQueue<CallListener.Attempt>();
    var server = around.server();
    var nobody = "http://127.0.0.1:1/v2/api";

    try (var patient = Recipes.patient(nobody, server.url(), server.credentials(), attempts::add)) {
      assertThat(new VmApi(patient).getVmsConnection().count()).isPositive();
    }

    assertThat(attempts)
        .extracting(CallListener.Attempt::operation)
        .containsExactly("login", "login", "get-vms-connection");
  }

  @Test
  void actAsTwoUsers() {
    var other = around.server().credentials();

    assertThat(Recipes.countAsBoth(client, other)).hasSize(2).allMatch(count -> count > 0);
  }

  @Test
  void startMany() {
    var stopped = new VmApi(client).getVms(q -> q.where(Vm.STATUS.is(VmStatus.STOPPED)).first(2));

    assertThat(Recipes.startAll(client, stopped.stream().map(Vm::id).toList())).isEmpty();
  }

  @Test
  void callSeveralAtATime() {
    assertThat(Recipes.both(client).join()).matches("\\d+ VMs on \\d+ hosts");
  }

  /// As long as the server takes no uploads, its refusal is all that can be seen of one here.
  @Test
  void uploadAnImage(@TempDir Path directory) throws IOException {
    var iso = Files.writeString(directory.resolve("a.iso"), "abc");
    var sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    assertThatExceptionOfType(UploadException.class)
        .isThrownBy(() -> Recipes.uploadIso(client, iso, sha256, "cluster-1"))
        .satisfies(refused -> assertThat(refused.status()).isEqualTo(501));
  }
}
