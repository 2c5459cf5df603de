package io.belfry.hypervisor.simulator.faults;

import io.belfry.hypervisor.Fault;
import io.belfry.hypervisor.HostId;
import io.belfry.hypervisor.StorageId;
import io.belfry.hypervisor.simulator.Faults;
import io.belfry.hypervisor.simulator.Waiting;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Faults by rules. All rules that fit a call are asked in their order, until one ends it.
///
/// Thread-safe: the rules are replaced as a whole, and a call sees either the old or the new ones.
public final class FaultRules implements Faults {
  private final Ledger ledger;
  private final Waiting waiting;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition replaced = lock.newCondition();
  private volatile List<FaultRule> rules = List.of();

  /// Without any rule.
  ///
  /// @param waiting how slow calls wait
  public FaultRules(Ledger ledger, Waiting waiting) {
    this.ledger = ledger;
    this.waiting = waiting;
  }

  /// The rules that hold now.
  public List<FaultRule> rules() {
    return rules;
  }

  /// Lets other rules hold from now on. Calls that hang by a rule that is gone go on.
  public void replace(List<FaultRule> others) {
    lock.lock();
    try {
      rules = List.copyOf(others);
      replaced.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean areAny() {
    return !rules.isEmpty();
  }

  @Override
  public void before(Call call) throws InterruptedException {
    strike(call, When.BEFORE);
  }

  @Override
  public void after(Call call) throws InterruptedException {
    strike(call, When.AFTER);
  }

  @Override
  public boolean silencesGuest(Call call) {
    return rules.stream()
        .filter(rule -> rule.trouble() instanceof Trouble.GuestIgnoresShutdown)
        .anyMatch(rule -> counted(rule, call).isPresent());
  }

  private void strike(Call call, When when) throws InterruptedException {
    for (var rule : rules) {
      if (rule.trouble().when() == when
          && !(rule.trouble() instanceof Trouble.GuestIgnoresShutdown)) {
        var number = counted(rule, call);
        if (number.isPresent()) {
          cause(rule, call, number.getAsLong());
        }
      }
    }
  }

  private OptionalLong counted(FaultRule rule, Call call) {
    return rule.concerns(call, CurrentOperation.path()) ? ledger.count(rule) : OptionalLong.empty();
  }

  private void cause(FaultRule rule, Call call, long number) throws InterruptedException {
    switch (rule.trouble()) {
      case Trouble.Refuse(var refusal) -> throw refusal.of(call).orElseThrow().asException();
      case Trouble.Fail(var when) ->
          throw new IllegalStateException(
              "fault rule %s: %s fails %s its effect"
                  .formatted(rule.id(), call.name(), told(when)));
      case Trouble.Reset(var when) ->
          throw new Fault.Unavailable(
                  "the connection broke %s the effect of %s, by fault rule %s"
                      .formatted(told(when), call.name(), rule.id()))
              .asException();
      case Trouble.Hang _ -> hang(rule);
      case Trouble.Slow(_, var delay) ->
          waiting.pause(delay.at(Chance.of(~rule.frequency().seed(), number)));
      case Trouble.StorageFull _ -> {
        var storage = Trouble.place(call, StorageId.class).orElseThrow();
        throw new Fault.NotEnoughSpace(storage, call.wantedBytes(), 0).asException();
      }
      case Trouble.HostFull _ -> {
        var host = Trouble.place(call, HostId.class).orElseThrow();
        throw new Fault.NotEnoughMemory(host, call.wantedBytes(), 0).asException();
      }
      case Trouble.GuestIgnoresShutdown _ ->
          throw new IllegalStateException("a guest that does nothing is no trouble of the call");
    }
  }

  private static String told(When when) {
    return switch (when) {
      case BEFORE -> "before";
      case AFTER -> "after";
    };
  }

  private void hang(FaultRule rule) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (rules.contains(rule)) {
        replaced.await();
      }
    } finally {
      lock.unlock();
    }
  }
}
