package io.belfry.reliability.register;

import io.belfry.reliability.register.Event.Power;
import io.belfry.reliability.register.Event.What;
import io.belfry.reliability.server.ServerUnderTest;
import io.belfry.sdk.ApiException;
import io.belfry.sdk.Json;
import io.belfry.sdk.NoAnswerException;
import io.belfry.sdk.ResourceLockedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// What clients have asked of one VM, and what they were told. Thread-safe.
final class PowerHistory {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(10);
  private static final int FIRST_SERVER_ERROR = 500;

  private final ServerUnderTest server;
  private final Json where;
  private final AtomicInteger changes = new AtomicInteger();
  private final List<Event> events = new ArrayList<>();

  PowerHistory(ServerUnderTest server, String vmId) {
    this.server = server;
    this.where = Json.object("where", Json.object("id", vmId));
  }

  synchronized List<Event> events() {
    return List.copyOf(events);
  }

  private synchronized void add(Event event) {
    events.add(event);
    notifyAll();
  }

  synchronized void awaitEvents(int count) throws InterruptedException {
    while (events.size() < count) {
      wait(PATIENCE.toMillis());
    }
  }

  /// @param choice 0 starts, 1 powers off, 2 looks
  void call(int choice) throws InterruptedException {
    switch (choice) {
      case 0 -> change("start-vm", Power.RUNNING);
      case 1 -> change("poweroff-vm", Power.STOPPED);
      default -> read();
    }
  }

  private void change(String path, Power to) throws InterruptedException {
    var number = changes.getAndIncrement();
    var accepted = new What.Accepted(number, to);
    var ended = new What.Ended(number, to);
    var asked = System.nanoTime();
    try {
      var answer = server.client().call(path, where);
      add(Event.sure(accepted, asked, System.nanoTime()));
      awaitEnd(answer.get(0).get("task_id").asText());
      add(Event.sure(ended, asked, System.nanoTime()));
    } catch (ResourceLockedException e) {
      add(Event.sure(new What.RefusedAsLocked(), asked, System.nanoTime()));
    } catch (ApiException e) {
      if (isSilence(e)) {
        add(Event.unsure(accepted, asked));
        add(Event.unsure(ended, asked));
        Thread.sleep(PAUSE);
      } else {
        add(Event.sure(new What.RefusedAsWrong(to), asked, System.nanoTime()));
      }
    }
  }

  private void read() throws InterruptedException {
    var asked = System.nanoTime();
    try {
      var vm = server.client().call("get-vms", where).get(0);
      var power = Power.valueOf(vm.get("status").asText());
      var locked = !vm.get("entityAsyncStatus").isNull();
      add(Event.sure(new What.Read(power, locked), asked, System.nanoTime()));
    } catch (ApiException e) {
      if (!isSilence(e)) {
        throw e;
      }
      Thread.sleep(PAUSE);
    }
  }

  private void awaitEnd(String task) throws InterruptedException {
    var give = System.nanoTime() + PATIENCE.toNanos();
    var query = Json.object("where", Json.object("id", task));
    while (true) {
      try {
        var status = server.client().call("get-tasks", query).get(0).get("status").asText();
        if (status.equals("SUCCESSED")) {
          return;
        }
        if (status.equals("FAILED") || System.nanoTime() > give) {
          throw new IllegalStateException("task %s is %s".formatted(task, status));
        }
      } catch (ApiException e) {
        if (!isSilence(e)) {
          throw e;
        }
      }
      Thread.sleep(PAUSE);
    }
  }

  /// Whether a call may have happened or not.
  private static boolean isSilence(ApiException e) {
    return e instanceof NoAnswerException || e.status() >= FIRST_SERVER_ERROR;
  }
}
