package io.belfry.sdk.simulator;

import io.belfry.sdk.ApiClient;
import io.belfry.sdk.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// The simulator behind a Belfry server, for programs that want to know what they do when something
/// goes wrong:
///
/// ```java
/// var simulator = new Simulator(client);
/// simulator.add(Fault.reset().afterTheEffect().operations("create-vm").probability(0.1, 42));
/// simulator.hostDown(host.id());
/// …
/// simulator.clear();
/// ```
///
/// Fault rules hold for all servers that share a database, and outlive them: remove what you have
/// added. All methods throw an [io.belfry.sdk.ApiException] if the server can't be reached, is no
/// Belfry, or the user is no administrator.
public final class Simulator {
  private static final String FAULTS = "/v2/simulator/faults";
  private static final String HOSTS = "/v2/simulator/hosts";
  private static final String CLOCK = "/v2/simulator/clock";
  private static final String RESET = "/v2/simulator/reset";

  private final ApiClient client;

  public Simulator(ApiClient client) {
    this.client = client;
  }

  /// All fault rules, in the order in which they are asked.
  public List<FaultRule> faults() {
    return client.callServer("GET", FAULTS, null).elements().stream().map(FaultRule::of).toList();
  }

  /// Makes calls go wrong from now on.
  public FaultRule add(Fault fault) {
    return FaultRule.of(client.callServer("POST", FAULTS, fault));
  }

  /// Removes a rule. Calls that hang by it go on.
  public void remove(FaultRule rule) {
    client.callServer("DELETE", below(FAULTS, rule.id()), null);
  }

  /// Removes all rules, whoever added them. Calls that hang go on.
  ///
  /// @return how many there were
  public long clear() {
    return client.callServer("DELETE", FAULTS, null).get("removed").asLong();
  }

  /// All simulated hosts.
  public List<SimulatedHost> hosts() {
    return client.callServer("GET", HOSTS, null).elements().stream()
        .map(SimulatedHost::of)
        .toList();
  }

  /// Lets a host answer no more. A few seconds later the server shows it as lost, and restarts its
  /// VMs that have HA elsewhere.
  ///
  /// @param id the host's id, or its local id
  public SimulatedHost hostDown(String id) {
    return change(id, SimulatedHost.State.UNREACHABLE);
  }

  /// Lets a host answer, and take VMs, again.
  ///
  /// @param id the host's id, or its local id
  public SimulatedHost hostUp(String id) {
    return change(id, SimulatedHost.State.CONNECTED);
  }

  /// Lets a host answer, but take no more VMs.
  ///
  /// @param id the host's id, or its local id
  public SimulatedHost hostIntoMaintenance(String id) {
    return change(id, SimulatedHost.State.MAINTENANCE);
  }

  /// What time it is in the data centre: the time that new objects and tasks bear, and up to which
  /// metrics go. It is the real time, unless somebody has [let time pass][#passTime].
  public Instant time() {
    return Instant.parse(client.callServer("GET", CLOCK, null).get("now").asText());
  }

  /// Lets time pass in the data centre, in no time: what is there becomes older, guests that were
  /// booting are up. Nothing else happens that would have happened meanwhile, and what waits in
  /// real time, such as a task that copies, goes on waiting. A program that asks how old something
  /// is must have its time from [#time] too. [#reset] lets it be the real time again.
  ///
  /// @param time at least 1 ms; all in all not more than 3,650 days
  /// @return what time it is then
  public Instant passTime(Duration time) {
    var body = Json.object("pass_ms", time.toMillis());
    return Instant.parse(client.callServer("POST", CLOCK, body).get("now").asText());
  }

  /// Lets the data centre be again what it was when the server first started: its objects and
  /// users, hosts and VMs, at the real time. Fault rules go, and so do all tasks, those that are
  /// still running too: what they had not done yet is not done. Clients stay logged in whose user
  /// was there in the beginning; those that watch get a [io.belfry.sdk.ChangesLostException], as
  /// the log of changes begins anew.
  ///
  /// @throws io.belfry.sdk.ApiException besides what all methods throw: if the server has kept no
  ///   copy of the beginning, as of a data centre of more than 2,000 VMs
  public Restored reset() {
    return Restored.of(client.callServer("POST", RESET, null));
  }

  private SimulatedHost change(String id, SimulatedHost.State state) {
    var body = Json.object("state", state.name());
    return SimulatedHost.of(client.callServer("POST", below(HOSTS, id), body));
  }

  private static String below(String path, String id) {
    return path + "/" + URLEncoder.encode(id, StandardCharsets.UTF_8);
  }
}
