package io.belfry.datacenter.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.hypervisor.simulator.faults.Calls;
import io.belfry.hypervisor.simulator.faults.FaultRule;
import io.belfry.hypervisor.simulator.faults.Frequency;
import io.belfry.hypervisor.simulator.faults.Kind;
import io.belfry.hypervisor.simulator.faults.Refusal;
import io.belfry.hypervisor.simulator.faults.Target;
import io.belfry.hypervisor.simulator.faults.Trouble;
import io.belfry.hypervisor.simulator.faults.When;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Fault rules as JSON, in requests, answers and the database.
final class RuleJson {
  private static final String KIND = "kind";
  private static final String WHEN = "when";
  private static final String FAULT = "fault";
  private static final String DELAY = "delay";
  private static final String CALLS = "calls";
  private static final String OPERATIONS = "operations";
  private static final String ENTITIES = "entities";
  private static final String OBJECTS = "objects";
  private static final String HOSTS = "hosts";
  private static final String STORAGES = "storages";
  private static final String FIRST = "first";
  private static final String EVERY = "every";
  private static final String PROBABILITY = "probability";
  private static final String SEED = "seed";

  private static final List<String> KEYS =
      List.of(
          KIND,
          WHEN,
          FAULT,
          DELAY,
          CALLS,
          OPERATIONS,
          ENTITIES,
          OBJECTS,
          HOSTS,
          STORAGES,
          FIRST,
          EVERY,
          PROBABILITY,
          SEED);

  private static final List<String> KINDS =
      List.of(
          "REFUSE",
          "FAIL",
          "RESET",
          "HANG",
          "SLOW",
          "GUEST_IGNORES_SHUTDOWN",
          "STORAGE_FULL",
          "HOST_FULL");

  private static final long MOST = Long.MAX_VALUE;

  private RuleJson() {}

  /// Reads a rule; its ids are taken as they are.
  ///
  /// @param operations the paths of the API's operations
  /// @throws io.belfry.problem.ProblemException if it makes no sense
  static FaultRule read(String id, Given given, Set<String> operations) {
    given.requireKeys(KEYS);
    var trouble = trouble(given);
    var target = target(given, trouble, operations);
    return new FaultRule(id, target, frequency(given), trouble);
  }

  private static Trouble trouble(Given given) {
    var kind = given.requiredWord(KIND, KINDS);
    var when = given.word(WHEN, names(When.values())).map(When::valueOf).orElse(When.BEFORE);
    requireOnlyFor(given, FAULT, kind, "REFUSE");
    requireOnlyFor(given, DELAY, kind, "SLOW");
    var trouble =
        switch (kind) {
          case "REFUSE" ->
              new Trouble.Refuse(
                  Refusal.valueOf(given.requiredWord(FAULT, names(Refusal.values()))));
          case "FAIL" -> new Trouble.Fail(when);
          case "RESET" -> new Trouble.Reset(when);
          case "HANG" -> new Trouble.Hang(when);
          case "SLOW" -> new Trouble.Slow(when, DelayJson.read(given, DELAY));
          case "GUEST_IGNORES_SHUTDOWN" -> new Trouble.GuestIgnoresShutdown();
          case "STORAGE_FULL" -> new Trouble.StorageFull();
          case "HOST_FULL" -> new Trouble.HostFull();
          default -> throw new IllegalStateException("not one of KINDS: " + kind);
        };
    if (trouble.when() != when) {
      throw given.outOfRange(WHEN, "BEFORE for the kind " + kind);
    }
    return trouble;
  }

  private static void requireOnlyFor(Given given, String key, String kind, String wanted) {
    if (given.has(key) && !kind.equals(wanted)) {
      throw given.outOfRange(key, "absent for the kind %s; it is for %s".formatted(kind, wanted));
    }
  }

  private static Target target(Given given, Trouble trouble, Set<String> operations) {
    var possible =
        trouble.calls().isEmpty() ? Calls.ALL : List.copyOf(new TreeSet<>(trouble.calls()));
    return new Target(
        given.words(CALLS, possible),
        given.words(OPERATIONS, operations),
        given.words(ENTITIES, List.of("Vm", "VmVolume", "IscsiLunSnapshot")).stream()
            .map(RuleJson::kind)
            .collect(Collectors.toSet()),
        given.texts(OBJECTS),
        given.texts(HOSTS),
        given.texts(STORAGES));
  }

  private static Frequency frequency(Given given) {
    return new Frequency(
        given.whole(FIRST, 1, MOST).orElse(MOST),
        given.whole(EVERY, 1, MOST).orElse(1),
        given.share(PROBABILITY).orElse(1.0),
        given.whole(SEED, Long.MIN_VALUE, MOST).orElse(0));
  }

  private static Kind kind(String entity) {
    return switch (entity) {
      case "Vm" -> Kind.VM;
      case "VmVolume" -> Kind.VOLUME;
      case "IscsiLunSnapshot" -> Kind.SNAPSHOT;
      default -> throw new IllegalStateException("no entity of rules: " + entity);
    };
  }

  private static String entity(Kind kind) {
    return switch (kind) {
      case VM -> "Vm";
      case VOLUME -> "VmVolume";
      case SNAPSHOT -> "IscsiLunSnapshot";
    };
  }

  /// Writes a rule without its id, and without what it doesn't say.
  static ObjectNode write(FaultRule rule) {
    var json = JsonNodeFactory.instance.objectNode();
    write(json, rule.trouble());
    var target = rule.target();
    write(json, CALLS, target.calls());
    write(json, OPERATIONS, target.operations());
    write(json, ENTITIES, target.kinds().stream().map(RuleJson::entity).toList());
    write(json, OBJECTS, target.objects());
    write(json, HOSTS, target.hosts());
    write(json, STORAGES, target.storages());
    write(json, rule.frequency());
    return json;
  }

  private static void write(ObjectNode json, Trouble trouble) {
    switch (trouble) {
      case Trouble.Refuse(var refusal) -> json.put(KIND, "REFUSE").put(FAULT, refusal.name());
      case Trouble.Fail(var when) -> json.put(KIND, "FAIL").put(WHEN, when.name());
      case Trouble.Reset(var when) -> json.put(KIND, "RESET").put(WHEN, when.name());
      case Trouble.Hang(var when) -> json.put(KIND, "HANG").put(WHEN, when.name());
      case Trouble.Slow(var when, var delay) ->
          json.put(KIND, "SLOW").put(WHEN, when.name()).set(DELAY, DelayJson.write(delay));
      case Trouble.GuestIgnoresShutdown _ -> json.put(KIND, "GUEST_IGNORES_SHUTDOWN");
      case Trouble.StorageFull _ -> json.put(KIND, "STORAGE_FULL");
      case Trouble.HostFull _ -> json.put(KIND, "HOST_FULL");
    }
  }

  private static void write(ObjectNode json, Frequency frequency) {
    if (frequency.first() < MOST) {
      json.put(FIRST, frequency.first());
    }
    if (frequency.every() > 1) {
      json.put(EVERY, frequency.every());
    }
    if (frequency.probability() < 1) {
      json.put(PROBABILITY, frequency.probability()).put(SEED, frequency.seed());
    } else if (frequency.seed() != 0) {
      json.put(SEED, frequency.seed());
    }
  }

  private static void write(ObjectNode json, String key, Collection<String> texts) {
    if (!texts.isEmpty()) {
      var list = json.putArray(key);
      new TreeSet<>(texts).forEach(list::add);
    }
  }

  /// Reads what [#write] wrote.
  static FaultRule stored(String id, JsonNode json, Set<String> operations) {
    return read(id, new Given("rule", json), operations);
  }

  private static List<String> names(Enum<?>[] constants) {
    return Arrays.stream(constants).map(Enum::name).toList();
  }
}
