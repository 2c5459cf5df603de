package io.belfry.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What the SDK offers, with the test that shows it: `docs/sdk/features.md`. Run with
/// `-Drecreate=true` to write the page anew.
final class FeaturesTest {
  private static final Path PAGE = Path.of("../docs/sdk/features.md");
  private static final String SDK = "sdk/src/test/java/io/belfry/sdk/";
  private static final String OPENTELEMETRY =
      "opentelemetry/src/test/java/io/belfry/opentelemetry/";
  private static final String TESTING = "testing/src/test/java/io/belfry/testing/";
  private static final String PEERS =
      "| what | CloudTower Java | Python | Go | Belfry | shown by |";

  /// @param peers what the official SDKs for Java, Python and Go have: yes, partly, or no
  /// @param ours what to use
  /// @param test the file of the test, and its method
  private record Feature(String name, String peers, String ours, String folder, String test) {
    String file() {
      return folder + test.substring(0, test.indexOf('#')) + ".java";
    }

    String method() {
      return test.substring(test.indexOf('#') + 1);
    }

    String row() {
      return "| %s | %s | %s | [%s](../../%s) |".formatted(name, peers, ours, method(), file());
    }
  }

  private static Feature row(String name, String peers, String ours, String test) {
    return new Feature(name, peers, ours, SDK, test);
  }

  /// What at least one of the SDKs has that this one is measured by.
  private static final List<Feature> FEATURES =
      List.of(
          row(
              "immutable models, builders for inputs",
              "no | no | no",
              "`Vm`, `VmCreationParams.builder()`",
              "ModelTest#doesNotChangeWithItsBuilder"),
          row(
              "unknown values of enums are kept",
              "no | yes | yes",
              "`VmStatus.of(…)`",
              "ModelTest#keepsUnknownEnumValues"),
          row(
              "unknown fields are kept",
              "no | no | no",
              "`vm.additional(field)`",
              "ModelTest#keepsUnknownFields"),
          row(
              "answers of older servers, which lack fields",
              "yes | partly | ?",
              "absent is null; a promised field is named when asked for",
              "TrimmedAnswersTest#giveNothingOrSayWhatIsMissing"),
          row(
              "long lists page by page",
              "no | no | no",
              "`streamVms`, `pageSize`",
              "ListingTest#streamsAllPages"),
          row(
              "long lists from one answer, read while it arrives",
              "no | no | ?",
              "`o.inOneAnswer()`",
              "ArrivingListTest#readsObjectsBeforeTheAnswerHasEnded"),
          row(
              "waiting with growing pauses, progress, typed result",
              "no | no | no",
              "`await(timeout, task -> …)`",
              "TasksTest#tellsWheneverATaskHasGoneOn"),
          row(
              "what became of each of many tasks",
              "no | no | ?",
              "`awaitOutcomes`",
              "TasksTest#saysWhatBecameOfEachObject"),
          row(
              "waiting by events",
              "no | no | no",
              "where the server has them",
              "TasksTest#listensToAllTasksAtOnceWhereTheServerHasEvents"),
          row(
              "futures that can be cancelled",
              "partly | partly | partly",
              "`vmApi.async()`, `awaitAsync`",
              "ApiClientTest#givesUpWhenAFutureIsCancelled"),
          row(
              "retries with jitter and `Retry-After`",
              "no | partly | no",
              "`Retry`",
              "RetryTest#changesAgainWhereTheServerSaysThatItDidNothing"),
          row(
              "no blind retry of a change",
              "yes | yes | ?",
              "`Retry` has the table",
              "RetryTest#doesNotChangeAgainWhatMayHaveBeenDone"),
          row(
              "changes tried again after a lost answer, done once",
              "no | no | no",
              "with Belfry: [idempotency keys](../adr/0018-idempotency-keys.md)",
              "RetryTest#changesAgainWhereTheServerKnowsTheRequestAgain"),
          row(
              "new login on 401, once for all threads",
              "no | no | no",
              "`ApiClient.connect`",
              "RenewalTest#areRenewedOnceForAllCalls"),
          row(
              "one deadline for a whole call",
              "no | partly | yes",
              "`timeout`",
              "ApiClientTest#givesUpWhenTimeRunsOut"),
          row(
              "a limit on the size of answers",
              "? | ? | ?",
              "`maxResponseBytes`",
              "ApiClientTest#givesUpOnAnAnswerThatIsTooLarge"),
          row(
              "exceptions by kind, with the request's id",
              "no | partly | partly",
              "`ResourceLockedException`, `e.requestId()`",
              "ApiClientTest#tellsErrorsApartByType"),
          row(
              "options of one call",
              "no | yes | yes",
              "`api.with(o -> …)`",
              "ApiClientTest#prefersWhatIsSaidForTheCall"),
          row(
              "another transport; a listener for every attempt",
              "partly | no | partly",
              "`Transport`, `CallListener`",
              "ApiClientTest#closesItsTransport"),
          new Feature(
              "traces by OpenTelemetry",
              "? | ? | ?",
              "`belfry-opentelemetry`",
              OPENTELEMETRY,
              "TracingTest#makesEachRequestASpanBelowTheCurrentOne"),
          row(
              "address and user from the environment or a file",
              "no | no | no",
              "`Profile`",
              "ProfileTest#readsFromAFileWhatNoVariableSays"),
          row(
              "uploads in chunks, with progress",
              "no | no | no",
              "`ChunkedUpload`",
              "ChunkedUploadTest#sendsChunkAfterChunk"),
          row(
              "uploads that go on after an interruption",
              "no | no | no",
              "`resume`",
              "ChunkedUploadTest#goesOnLaterWhereItWasInterrupted"),
          row(
              "downloads that go on after an interruption, with checksum and progress",
              "? | ? | ?",
              "`Download`",
              "DownloadTest#goesOnWhereTheConnectionBroke"),
          row(
              "the version in an image of tools for guests",
              "yes | yes | ?",
              "`SvtImageVersion`",
              "ChunkedUploadTest#sendsTheVersionOfToolsForGuests"),
          row(
              "following changes",
              "no | no | yes",
              "`client.watch(Vm.class)`",
              "WatchTest#goesOnAfterTheLastEventWhenTheConnectionBreaks"),
          row(
              "several addresses of one tower",
              "no | no | no",
              "`standby`",
              "StandbyTest#takesOverWhenTheFirstIsPassive"),
          row(
              "pinned certificates",
              "partly | ? | ?",
              "`pinCertificate`",
              "TlsTest#trustsThePinnedCertificateUnderAnyName"),
          row(
              "client certificates",
              "yes | ? | ?",
              "`clientCertificate`",
              "TlsTest#showsItsCertificateToServersThatAsk"),
          row("proxies", "partly | yes | ?", "`proxy`", "ProxyTest#callsTheServerThroughTheProxy"),
          row(
              "login by LDAP, also the newer way",
              "partly | partly | partly",
              "`Credentials.ldap`",
              "LoginTest#findsTheWayToTheDirectory"),
          row(
              "null apart from absent in changes",
              "yes | no | no",
              "`description(null)`",
              "ModelTest#sendsNullOnlyWhereItWasSaid"),
          row(
              "raw JSON where nothing is modelled",
              "? | ? | ?",
              "`client.call(\"get-…\", Json.object(…))`",
              "VmApiTest#listsByConditionByJsonAndAll"),
          row(
              "no thread is left after `close()`",
              "no | yes | no",
              "`ApiClient`",
              "ApiClientTest#leavesNoThreadBehind"),
          row(
              "a Java module",
              "? | — | —",
              "`io.belfry.sdk`",
              "ModuleTest#isUsedByAModuleThatRequiresNothingElse"),
          new Feature(
              "a server to test with",
              "no | no | no",
              "`@BelfryServer`",
              TESTING,
              "BelfryServerTest#findsNothingOfWhatAnEarlierTestHasChanged"));

  private static String page() {
    var rows = FEATURES.stream().map(Feature::row).collect(Collectors.joining("\n"));
    return """
    # What the SDK offers

    Each row names the test that shows it; `FeaturesTest` writes this page and fails where there is no such test. The
    columns of CloudTower's own SDKs say what was found in Java 2.22.0, Python 2.20.0 and Go v2 in November 2026; a
    question mark is what nobody looked at.

    %s
    |---|---|---|---|---|---|
    %s

    Not offered: a release in a public repository. Until there is one, [Get it](../sdk.md#get-it) says how.
    """
        .formatted(PEERS, rows);
  }

  @Test
  void areOnThePage() throws IOException {
    if (Boolean.getBoolean("recreate")) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, page());
    }

    assertThat(PAGE).hasContent(page());
  }

  @Test
  void haveATestEach() {
    assertThat(FEATURES)
        .allSatisfy(feature ->
            assertThat(Path.of("..", feature.file()))
                .content()
                .contains("void " + feature.method() + "("));
  }
}
