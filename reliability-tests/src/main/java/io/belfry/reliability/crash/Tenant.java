package io.belfry.reliability.crash;

import io.belfry.reliability.crash.Ledger.Fate;
import io.belfry.reliability.crash.Ledger.TaskEnd;
import io.belfry.reliability.crash.Link.Outcome;
import io.belfry.reliability.crash.Planned.Target;
import io.belfry.sdk.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// One user of the server, on a thread of its own: changes VMs that nobody else touches, several at
/// once, and checks that every acknowledged change takes place exactly once.
///
/// A call whose answer is lost may have happened or not. Once the server is back, its tasks tell
/// which; there must be all of them or none.
final class Tenant {
  private static final int MOST_AT_ONCE = 6;
  private static final int AUDIT_EACH = 5;
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Duration LONGEST_LAST_WORDS = Duration.ofSeconds(1);

  private final String name;
  private final Books books;
  private final Estate estate;
  private final Planner planner;
  private final Auditor auditor;
  private final Supplier<Burst> bursts;
  private final RandomGenerator random;
  private final List<Pending> pending = new ArrayList<>();

  /// The last burst that this tenant took part in.
  private int lastBurst;

  /// Whether blows have stopped to fall, and when.
  private boolean quiet;

  private long quietSinceNanos;

  /// What tenants write into, and what they expect.
  ///
  /// @param taskLimit how long a task may take
  /// @param excuses parts of messages with which any task may fail
  record Books(
      Link link, Ledger ledger, Findings findings, Duration taskLimit, List<String> excuses) {}

  /// @param bursts what all tenants are to do at once now
  Tenant(
      String name,
      Books books,
      Surroundings surroundings,
      Supplier<Burst> bursts,
      RandomGenerator random) {
    this.name = name;
    this.books = books;
    this.bursts = bursts;
    this.random = random;
    this.estate = new Estate(name);
    this.planner = new Planner(estate, surroundings, new ListedDevices(books), random);
    this.auditor = new Auditor(estate, books.link(), books.ledger(), books.findings());
  }

  /// A task that was acknowledged and has not ended, as far as we know.
  private record Pending(
      int call, Planned planned, Target target, String taskId, String objectId, long sinceNanos) {}

  /// Works until told to stop, then waits for the end of all tasks and checks everything.
  void run(BooleanSupplier stopped) {
    try {
      while (!stopped.getAsBoolean()) {
        settle();
        var burst = bursts.get();
        if (burst.number() > lastBurst) {
          lastBurst = burst.number();
          for (var planned : planner.many(burst.kind())) {
            begin(planned);
          }
        } else if (pending.size() < MOST_AT_ONCE) {
          var planned = planner.next();
          if (planned.isPresent()) {
            begin(planned.get());
          }
        } else {
          Thread.sleep(PAUSE);
        }
      }
      quiet = true;
      quietSinceNanos = System.nanoTime();
      while (!pending.isEmpty()) {
        settle();
        Thread.sleep(PAUSE);
      }
      auditor.all();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      var trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      books.findings().add("tenant %s can go on".formatted(name), trace.toString());
    }
  }

  // Calling

  private void begin(Planned planned) throws InterruptedException {
    var call = books.ledger().invoked(name, planned);
    planned.targets().forEach(target -> busy(target, true));
    switch (books.link().change(planned.path(), planned.body())) {
      case Outcome.Acknowledged(var answer) -> acknowledged(call, planned, answer.elements());
      case Outcome.Refused(var status, var reason) -> refused(call, planned, status, reason);
      case Outcome.Unknown(var reason) -> {
        books.ledger().fate(call, Fate.UNKNOWN, reason);
        findOut(call, planned);
      }
    }
  }

  private void acknowledged(int call, Planned planned, List<Json> answers) {
    books
        .ledger()
        .fate(call, Fate.ACKNOWLEDGED, answers.stream().map(Tenant::brief).toList().toString());
    if (answers.size() != planned.targets().size()) {
      violation(call, planned, "each object has a task", "the answer has " + answers.size());
    }
    for (var i = 0; i < answers.size(); i++) {
      var answer = answers.get(i);
      var id = answer.get("data").get("id").asText();
      var target = target(planned, i, id);
      await(call, planned, target, answer.get("task_id").asText(), id);
    }
  }

  private static String brief(Json answer) {
    return answer.get("task_id") + " for " + answer.get("data").get("id");
  }

  /// The answer has what is created in the order of the request, and what is changed in the order
  /// of ids.
  private static Target target(Planned planned, int index, String id) {
    return planned.targets().stream()
        .filter(target -> target.made() == null)
        .filter(target -> Objects.requireNonNull(target.vm()).id().equals(id))
        .findFirst()
        .orElseGet(() -> planned.targets().get(index));
  }

  private void await(int call, Planned planned, Target target, String taskId, String objectId) {
    var vm = target.vm();
    if (vm != null) {
      vm.tasks().add(taskId);
    }
    pending.add(new Pending(call, planned, target, taskId, objectId, System.nanoTime()));
  }

  private void refused(int call, Planned planned, int status, String reason) {
    books.ledger().fate(call, Fate.REFUSED, status + " " + reason);
    var fine = planned.leeway().refusal();
    if (fine == null || !reason.contains(fine)) {
      violation(call, planned, "what the books allow is not refused", status + " " + reason);
    }
    planned.targets().forEach(target -> settle(target, false, ""));
  }

  private static void busy(Target target, boolean busy) {
    if (target.vm() != null) {
      target.vm().busy(busy);
    }
  }

  private static void settle(Target target, boolean done, String objectId) {
    target.settled().settle(done, objectId);
    busy(target, false);
  }

  // Calls without an answer

  private void findOut(int call, Planned planned) throws InterruptedException {
    var found = tasksOf(call, planned);
    if (found.isEmpty()) {
      // a server that is about to stop may still be at it
      Thread.sleep(LONGEST_LAST_WORDS);
      found = tasksOf(call, planned);
    }
    if (found.isEmpty()) {
      books.ledger().fate(call, Fate.UNKNOWN_NOT_HAPPENED, "");
      planned.targets().forEach(target -> settle(target, false, ""));
      return;
    }
    if (found.size() < planned.targets().size()) {
      violation(call, planned, "a call happens as a whole", "only " + found.values());
    }
    books
        .ledger()
        .fate(
            call,
            Fate.UNKNOWN_HAPPENED,
            found.values().stream().map(task -> task.get("id").toString()).toList().toString());
    found.forEach((target, task) ->
        await(call, planned, target, task.get("id").asText(), task.get("resource_id").asText()));
  }

  private Map<Target, Json> tasksOf(int call, Planned planned) throws InterruptedException {
    var found = new HashMap<Target, Json>();
    for (var target : planned.targets()) {
      var tasks = tasksOf(target);
      if (tasks.size() > 1) {
        violation(call, planned, "no effect twice", "tasks " + tasks);
      }
      if (!tasks.isEmpty()) {
        found.put(target, tasks.getFirst());
      }
    }
    return found;
  }

  /// The tasks that a call must have made for a target: those with its name, or those on its VM
  /// that we haven't known.
  private List<Json> tasksOf(Target target) throws InterruptedException {
    if (target.made() != null) {
      return books.link().list("get-tasks", Json.object("description_contains", target.made()));
    }
    var vm = Objects.requireNonNull(target.vm());
    var tasks = books.link().list("get-tasks", Json.object("resource_id", vm.id()));
    return tasks.stream().filter(task -> !vm.tasks().contains(task.get("id").asText())).toList();
  }

  // Tasks

  /// Looks which tasks have ended, and checks some VMs that they have changed.
  private void settle() throws InterruptedException {
    if (pending.isEmpty()) {
      return;
    }
    var tasks = byId();
    for (var each : List.copyOf(pending)) {
      var task = tasks.get(each.taskId());
      if (task == null) {
        violation(each.call(), each.planned(), "an acknowledged task is not lost", each.taskId());
        end(each, false);
      } else {
        look(each, task);
      }
    }
  }

  private Map<String, Json> byId() throws InterruptedException {
    Set<String> ids = new LinkedHashSet<>();
    pending.forEach(each -> ids.add(each.taskId()));
    var tasks = new HashMap<String, Json>();
    for (var task : books.link().list("get-tasks", Json.object("id_in", ids))) {
      tasks.put(task.get("id").asText(), task);
    }
    return tasks;
  }

  private void look(Pending each, Json task) throws InterruptedException {
    switch (task.get("status").asText()) {
      case "SUCCESSED" -> {
        books.ledger().ended(each.call(), each.taskId(), TaskEnd.SUCCESSED, "");
        end(each, true);
      }
      case "FAILED" -> {
        failed(each, String.valueOf(task.get("error_message").value()));
        end(each, false);
      }
      default -> {
        if (isOverdue(each)) {
          var waiting = "%s, queued as %s".formatted(task, books.link().queueEntry(each.taskId()));
          violation(each.call(), each.planned(), "no task is unfinished for ever", waiting);
          end(each, false);
        }
      }
    }
  }

  private boolean isOverdue(Pending each) {
    var slow = each.planned().leeway().slow();
    if (slow && !quiet) {
      return false;
    }
    var since = slow ? Math.max(each.sinceNanos(), quietSinceNanos) : each.sinceNanos();
    return System.nanoTime() - since > books.taskLimit().toNanos();
  }

  private void failed(Pending each, String message) {
    books.ledger().ended(each.call(), each.taskId(), TaskEnd.FAILED, message);
    var fine = each.planned().leeway().failure();
    if ((fine == null || !message.contains(fine))
        && books.excuses().stream().noneMatch(message::contains)) {
      violation(each.call(), each.planned(), "what can be done does not fail", message);
    }
  }

  private void end(Pending each, boolean done) throws InterruptedException {
    pending.remove(each);
    settle(each.target(), done, each.objectId());
    var vm = each.target().vm();
    if (vm != null && estate.vms().contains(vm) && random.nextInt(AUDIT_EACH) == 0) {
      auditor.vm(vm);
    }
  }

  private void violation(int call, Planned planned, String rule, String detail) {
    var words = new ArrayList<String>();
    for (var target : planned.targets()) {
      if (target.made() != null) {
        words.add(target.made());
      } else {
        words.add(Objects.requireNonNull(target.vm()).id());
      }
    }
    books
        .findings()
        .add(
            rule,
            "call %s, %s %s: %s%s"
                .formatted(
                    call,
                    planned.path(),
                    planned.body(),
                    detail,
                    books.ledger().about(words.toArray(String[]::new))));
  }
}
