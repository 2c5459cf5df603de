package io.belfry.examples.recipes;

import io.belfry.sdk.ApiClient;
import io.belfry.sdk.ApiException;
import io.belfry.sdk.CallListener;
import io.belfry.sdk.Configuration;
import io.belfry.sdk.Credentials;
import io.belfry.sdk.Profile;
import io.belfry.sdk.ResourceLockedException;
import io.belfry.sdk.Retry;
import io.belfry.sdk.TaskFailedException;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Vm;
import io.belfry.sdk.model.VmStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;

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
}
