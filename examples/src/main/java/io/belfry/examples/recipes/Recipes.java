package io.belfry.examples.recipes;

import io.belfry.sdk.ApiClient;
import io.belfry.sdk.ApiException;
import io.belfry.sdk.CallListener;
import io.belfry.sdk.ChunkedUpload;
import io.belfry.sdk.Configuration;
import io.belfry.sdk.Credentials;
import io.belfry.sdk.Profile;
import io.belfry.sdk.ResourceLockedException;
import io.belfry.sdk.Retry;
import io.belfry.sdk.TaskFailedException;
import io.belfry.sdk.api.HostApi;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.ElfImage;
import io.belfry.sdk.model.Vm;
import io.belfry.sdk.model.VmStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// What programs do with the SDK, each in a few lines.
public final class Recipes {
  private Recipes() {}

  /// Logs in where and as the environment says.
  public static long countVms(Map<String, String> environment) {
    var profile = Profile.of(environment);
    try (var client = ApiClient.connect(profile.configuration(), profile.credentials())) {
      return new VmApi(client).getVmsConnection().count();
    }
  }

  /// Reads a long list without holding it in memory.
  public static long memoryOfRunningVms(ApiClient client) {
    try (var vms = new VmApi(client).streamVms(q -> q.where(Vm.STATUS.is(VmStatus.RUNNING)))) {
      return vms.mapToLong(Vm::memory).sum();
    }
  }

  /// Looks for one object.
  public static String hostOf(ApiClient client, String vmName) {
    return new VmApi(client)
        .findVm(Vm.NAME.is(vmName))
        .map(vm -> vm.host() == null ? "nowhere" : vm.host().name())
        .orElse("no such VM");
  }

  /// Changes something, waits for it, and says what went wrong.
  public static String start(ApiClient client, String vmId) {
    try {
      var started = new VmApi(client).startVm(Vm.ID.is(vmId)).await(Duration.ofMinutes(5));
      return started.isEmpty() ? "no such VM" : "running";
    } catch (ResourceLockedException e) {
      return "something else is changing it: " + e.lockedResources();
    } catch (TaskFailedException e) {
      return "the task failed: " + e.getMessage();
    } catch (ApiException e) {
      return "refused, request %s: %s".formatted(e.requestId(), e.reason());
    }
  }

  /// A client that is patient, has a second address to go to, and tells what it does.
  public static ApiClient patient(
      String url, String standby, Credentials credentials, CallListener listener) {
    var configuration =
        Configuration.builder(url)
            .standby(standby)
            .timeout(Duration.ofMinutes(2))
            .retry(new Retry(8, Duration.ofMillis(500), Duration.ofSeconds(10)))
            .listener(listener)
            .build();
    return ApiClient.connect(configuration, credentials);
  }

  /// Acts as two users at once, over the same connections.
  public static List<Long> countAsBoth(ApiClient client, Credentials other) {
    return List.of(client, client.login(other)).stream()
        .map(each -> new VmApi(each).getVmsConnection().count())
        .toList();
  }

  /// Starts many, and names those that could not be started.
  public static List<String> startAll(ApiClient client, List<String> vmIds) {
    var outcomes = new VmApi(client).startVm(Vm.ID.in(vmIds)).awaitOutcomes(Duration.ofMinutes(5));
    return outcomes.stream()
        .filter(outcome -> !outcome.succeeded())
        .map(outcome -> outcome.accepted().id() + ": " + outcome.error())
        .toList();
  }

  /// Calls without waiting, several at a time.
  public static CompletableFuture<String> both(ApiClient client) {
    var vms = new VmApi(client).async().getVmsConnection();
    var hosts = new HostApi(client).async().getHostsConnection();
    return vms.thenCombine(hosts, (v, h) -> v.count() + " VMs on " + h.count() + " hosts");
  }

  /// Uploads an image of any size.
  public static ElfImage uploadIso(ApiClient client, Path iso, String sha256, String clusterId)
      throws IOException {
    return ChunkedUpload.of(client, iso)
        .sha256(sha256)
        .onProgress(p -> System.out.println(p.percent() + " %"))
        .elfImage(clusterId);
  }
}
