package io.belfry.examples.request;

import io.belfry.examples.Program;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.Change;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Vm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Follows what happens to a VM while it is started. The guide has no such thing: its programs ask
/// again and again.
public final class FollowChanges {
  private FollowChanges() {}

  /// Starts a stopped VM.
  ///
  /// @return what its status and its task's lock showed on the way
  public static List<String> start(ApiClient client, String vmId) {
    var seen = new ArrayList<String>();
    try (var changes = client.watch(Vm.class, watch -> watch.ids(List.of(vmId)))) {
      new VmApi(client).startVm(Vm.ID.is(vmId)).await(Duration.ofMinutes(5));
      for (var change = changes.poll(Duration.ofSeconds(5));
          change.isPresent();
          change = changes.poll(Duration.ofMillis(100))) {
        seen.add(line(change.get()));
      }
    }
    return seen;
  }

  private static String line(Change<Vm> change) {
    return "%s: %s".formatted(change.action(), change.after() == null ? "gone" : change.after());
  }

  public static void main(String[] args) throws Exception {
    Program.run(args, List.of("stopped-vm-id"), (client, given) -> start(client, given.get(0)));
  }
}
