package io.belfry.server.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.belfry.datacenter.faults.SharedFaults;
import io.belfry.datacenter.time.SharedClock;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.server.api.Authentication;
import io.belfry.server.api.JsonBodies;
import io.belfry.server.auth.Administrators;
import io.belfry.server.http.Answer;
import io.belfry.server.http.Request;
import io.belfry.server.http.Route;
import io.belfry.server.http.Router;
import java.util.Map;
import java.util.TreeMap;

/// `/v2/simulator/faults`, `/v2/simulator/faults/{id}`, `/v2/simulator/hosts`,
/// `/v2/simulator/hosts/{id}`, `/v2/simulator/clock` and `/v2/simulator/reset`: ours, not part of
/// CloudTower's API.
public final class SimulatorRoutes implements Router {
  /// What stands before all paths.
  public static final String BASE = "/v2/simulator/";

  private static final String FAULTS = BASE + "faults";
  private static final String HOSTS = BASE + "hosts";
  private static final String CLOCK = BASE + "clock";
  private static final String RESET = BASE + "reset";

  private final SharedFaults faults;
  private final SimulatedHosts hosts;
  private final SharedClock clock;
  private final SimulatorReset reset;
  private final Authentication authentication;
  private final Administrators administrators;

  public SimulatorRoutes(
      SharedFaults faults,
      SimulatedHosts hosts,
      SharedClock clock,
      SimulatorReset reset,
      Authentication authentication,
      Administrators administrators) {
    this.faults = faults;
    this.hosts = hosts;
    this.clock = clock;
    this.reset = reset;
    this.authentication = authentication;
    this.administrators = administrators;
  }

  @Override
  public Route route(String path) {
    if (path.equals(FAULTS)) {
      return route(
          FAULTS,
          Map.of(
              "GET", _ -> Answer.json(faults.list()),
              "POST", request -> Answer.json(faults.add(JsonBodies.of(request))),
              "DELETE", _ -> removed(faults.removeAll())));
    }
    if (path.startsWith(FAULTS + "/")) {
      var id = path.substring(FAULTS.length() + 1);
      return route(FAULTS + "/{id}", Map.of("DELETE", _ -> removed(id)));
    }
    if (path.equals(HOSTS)) {
      return route(HOSTS, Map.of("GET", _ -> Answer.json(hosts.list())));
    }
    if (path.startsWith(HOSTS + "/")) {
      var id = path.substring(HOSTS.length() + 1);
      return route(
          HOSTS + "/{id}",
          Map.of("POST", request -> Answer.json(hosts.change(id, JsonBodies.of(request)))));
    }
    if (path.equals(CLOCK)) {
      return route(
          CLOCK,
          Map.of(
              "GET", _ -> Answer.json(clock.show()),
              "POST", request -> Answer.json(clock.pass(JsonBodies.of(request)))));
    }
    if (path.equals(RESET)) {
      return route(RESET, Map.of("POST", _ -> Answer.json(reset.reset())));
    }
    return nothing(path);
  }

  private Answer removed(String id) {
    faults.remove(id);
    return removed(1);
  }

  private static Answer removed(int count) {
    return Answer.json(JsonNodeFactory.instance.objectNode().put("removed", count));
  }

  private Route route(String label, Map<String, Route.Handler> byMethod) {
    return new Route(
        label, label, null, Route.Manner.LIMITED, request -> answer(label, byMethod, request));
  }

  private Answer answer(String label, Map<String, Route.Handler> byMethod, Request request) {
    var handler = byMethod.get(request.method());
    if (handler == null) {
      var possible = String.join(" or ", new TreeMap<>(byMethod).keySet());
      throw new Problem(
              ProblemCode.WRONG_METHOD,
              "%s is called with %s, not with %s".formatted(label, possible, request.method()),
              Map.of("method", possible))
          .asException();
    }
    var caller = authentication.caller(request);
    request.actsFor(caller.username());
    administrators.require(caller, label);
    return handler.answer(request);
  }

  private static Route nothing(String path) {
    return Route.refusing(
        "unknown",
        path,
        Route.Manner.LIMITED,
        new Problem(
            ProblemCode.UNKNOWN_OPERATION,
            "There is nothing at this path; the simulator has %s, %s, %s and %s"
                .formatted(FAULTS, HOSTS, CLOCK, RESET)));
  }
}
