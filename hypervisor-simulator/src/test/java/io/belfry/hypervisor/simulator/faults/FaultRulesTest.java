package io.belfry.hypervisor.simulator.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.hypervisor.Cpu;
import io.belfry.hypervisor.Fault;
import io.belfry.hypervisor.Firmware;
import io.belfry.hypervisor.HostId;
import io.belfry.hypervisor.HostState;
import io.belfry.hypervisor.HypervisorException;
import io.belfry.hypervisor.PowerState;
import io.belfry.hypervisor.StorageId;
import io.belfry.hypervisor.StoragePolicy;
import io.belfry.hypervisor.VmDefinition;
import io.belfry.hypervisor.VmId;
import io.belfry.hypervisor.VolumeDefinition;
import io.belfry.hypervisor.VolumeId;
import io.belfry.hypervisor.simulator.Inventory;
import io.belfry.hypervisor.simulator.SimulatedHypervisor;
import io.belfry.hypervisor.simulator.SimulatedTime;
import io.belfry.hypervisor.simulator.SimulationSpeed;
import io.belfry.hypervisor.simulator.Waiting;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultRulesTest {
  private static final long GIB = 1L << 30;
  private static final HostId HERE = new HostId("here");
  private static final HostId THERE = new HostId("there");
  private static final StorageId STORAGE = new StorageId("storage");
  private static final VmId VM = new VmId("vm");
  private static final VmId OTHER = new VmId("other");

  private final MemoryLedger ledger = new MemoryLedger();
  private final List<Duration> waits = new ArrayList<>();
  private final FaultRules rules = new FaultRules(ledger, waits::add);
  private final SimulatedHypervisor driver = new SimulatedHypervisor(1, time(), rules);

  @BeforeEach
  void defineVms() throws InterruptedException {
    driver.restore(
        new Inventory(
            List.of(host(HERE), host(THERE)), List.of(new Inventory.Storage(STORAGE, 100 * GIB))));
    driver.define(vm(VM), HERE);
    driver.define(vm(OTHER), HERE);
  }

  @Test
  void refusesBeforeTheEffect() {
    hold(rule(Target.ofCalls("start"), new Trouble.Refuse(Refusal.WRONG_STATE)));

    refuses(Fault.WrongState.class, () -> driver.start(VM, HERE));
    assertThat(power(VM)).isEqualTo(PowerState.STOPPED);
  }

  @Test
  void failsBeforeTheEffect() {
    hold(rule(Target.ofCalls("start"), new Trouble.Fail(When.BEFORE)));

    assertThatThrownBy(() -> driver.start(VM, HERE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("fault rule rule: start fails before its effect");
    assertThat(power(VM)).isEqualTo(PowerState.STOPPED);
  }

  @Test
  void failsAfterTheEffect() {
    hold(rule(Target.ofCalls("start"), new Trouble.Fail(When.AFTER)));

    assertThatThrownBy(() -> driver.start(VM, HERE)).isInstanceOf(IllegalStateException.class);
    assertThat(power(VM)).isEqualTo(PowerState.RUNNING);
  }

  @Test
  void breaksTheConnection() {
    hold(rule(Target.ofCalls("start"), new Trouble.Reset(When.AFTER)));

    refuses(Fault.Unavailable.class, () -> driver.start(VM, HERE));
    assertThat(power(VM)).isEqualTo(PowerState.RUNNING);
  }

  @Test
  void takesItsTimeAndGoesOn() throws InterruptedException {
    hold(
        rule(
            Target.ofCalls("start"),
            new Trouble.Slow(When.BEFORE, new Delay.Fixed(Duration.ofMillis(250)))));

    driver.start(VM, HERE);

    assertThat(waits).containsExactly(Duration.ofMillis(250));
    assertThat(power(VM)).isEqualTo(PowerState.RUNNING);
  }

  @Test
  void isAsSlowAgainForTheSameSeed() throws InterruptedException {
    var slow =
        rule(
            Target.ofCalls("start", "powerOff"),
            new Trouble.Slow(When.BEFORE, new Delay.Exponential(Duration.ofMillis(250))));

    var first = slowness(slow);
    var second = slowness(new FaultRule("again", slow.target(), slow.frequency(), slow.trouble()));

    assertThat(first).hasSize(20).isEqualTo(second);
    assertThat(Set.copyOf(first)).hasSizeGreaterThan(15);
  }

  private List<Duration> slowness(FaultRule rule) throws InterruptedException {
    waits.clear();
    hold(rule);
    for (var i = 0; i < 10; i++) {
      driver.start(VM, HERE);
      driver.powerOff(VM);
    }
    return List.copyOf(waits);
  }

  @Test
  void hangsUntilTheRuleIsGone() throws InterruptedException {
    hold(rule(Target.ofCalls("start"), new Trouble.Hang(When.BEFORE)));
    var ended = new CountDownLatch(1);
    Thread.startVirtualThread(() -> {
      startQuietly(VM);
      ended.countDown();
    });
    while (ledger.counts("rule").struck() == 0) {
      Thread.onSpinWait();
    }

    driver.powerOff(OTHER);
    assertThat(power(VM)).isEqualTo(PowerState.STOPPED);
    rules.replace(List.of());

    assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(power(VM)).isEqualTo(PowerState.RUNNING);
  }

  @Test
  void hangsUntilInterrupted() throws InterruptedException {
    hold(rule(Target.ofCalls("start"), new Trouble.Hang(When.BEFORE)));
    var ended = new CountDownLatch(1);
    var thread =
        Thread.startVirtualThread(() -> {
          if (!startQuietly(VM)) {
            ended.countDown();
          }
        });

    thread.interrupt();

    assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(power(VM)).isEqualTo(PowerState.STOPPED);
  }

  @Test
  void fillsHosts() throws InterruptedException {
    hold(
        rule(
            new Target(Set.of(), Set.of(), Set.of(), Set.of(), Set.of("here"), Set.of()),
            new Trouble.HostFull()));

    var fault = refuses(Fault.NotEnoughMemory.class, () -> driver.start(VM, HERE));

    assertThat(fault.neededBytes()).isEqualTo(GIB / 8);
    assertThat(driver.powerOff(VM).power()).isEqualTo(PowerState.STOPPED);
  }

  @Test
  void fillsStorages() throws InterruptedException {
    hold(rule(Target.ANY, new Trouble.StorageFull()));
    var volume =
        new VolumeDefinition(
            new VolumeId("volume"),
            STORAGE,
            GIB,
            new StoragePolicy(new StoragePolicy.Replicas(2), true));

    refuses(Fault.NotEnoughSpace.class, () -> driver.createVolume(volume));

    assertThat(driver.observeVolume(volume.id())).isEmpty();
    assertThat(driver.start(VM, HERE).power()).isEqualTo(PowerState.RUNNING);
  }

  @Test
  void choosesByObject() throws InterruptedException {
    hold(
        rule(
            new Target(Set.of("start"), Set.of(), Set.of(), Set.of("vm"), Set.of(), Set.of()),
            new Trouble.Refuse(Refusal.BROKEN)));

    refuses(Fault.Broken.class, () -> driver.start(VM, HERE));
    assertThat(driver.start(OTHER, HERE).power()).isEqualTo(PowerState.RUNNING);
  }

  @Test
  void choosesByHost() throws InterruptedException {
    hold(
        rule(
            new Target(Set.of("start"), Set.of(), Set.of(), Set.of(), Set.of("there"), Set.of()),
            new Trouble.Refuse(Refusal.HOST_UNAVAILABLE)));

    refuses(Fault.HostUnavailable.class, () -> driver.start(VM, THERE));
    assertThat(driver.start(VM, HERE).power()).isEqualTo(PowerState.RUNNING);
  }

  @Test
  void choosesByKind() throws InterruptedException {
    hold(
        rule(
            new Target(Set.of(), Set.of(), Set.of(Kind.VOLUME), Set.of(), Set.of(), Set.of()),
            new Trouble.Refuse(Refusal.BROKEN)));

    assertThat(driver.start(VM, HERE).power()).isEqualTo(PowerState.RUNNING);
    refuses(Fault.Broken.class, () -> driver.deleteVolume(new VolumeId("volume")));
  }

  @Test
  void choosesByOperation() throws InterruptedException {
    hold(
        rule(
            new Target(Set.of(), Set.of("start-vm"), Set.of(), Set.of(), Set.of(), Set.of()),
            new Trouble.Refuse(Refusal.BROKEN)));

    refuses(
        Fault.Broken.class,
        () -> CurrentOperation.during("start-vm", () -> driver.start(VM, HERE)));
    assertThat(CurrentOperation.during("create-vm", () -> driver.start(VM, HERE)).power())
        .isEqualTo(PowerState.RUNNING);
    assertThat(driver.powerOff(VM).power()).isEqualTo(PowerState.STOPPED);
  }

  @Test
  void countsWhatItFitsAndWhatItStrikes() throws InterruptedException {
    hold(
        new FaultRule(
            "rule",
            Target.ofCalls("start"),
            Frequency.first(2),
            new Trouble.Refuse(Refusal.BROKEN)));

    refuses(Fault.Broken.class, () -> driver.start(VM, HERE));
    refuses(Fault.Broken.class, () -> driver.start(VM, HERE));
    driver.start(VM, HERE);
    driver.powerOff(VM);

    assertThat(ledger.counts("rule")).isEqualTo(new Ledger.Counts(3, 2));
  }

  @Test
  void asksRulesInTheirOrderUntilOneEndsTheCall() {
    hold(
        new FaultRule("slow", Target.ANY, Frequency.ALWAYS, slow()),
        new FaultRule("refuse", Target.ANY, Frequency.ALWAYS, new Trouble.Refuse(Refusal.BROKEN)),
        new FaultRule("never", Target.ANY, Frequency.ALWAYS, slow()));

    refuses(Fault.Broken.class, () -> driver.start(VM, HERE));

    assertThat(ledger.counts("slow").struck()).isOne();
    assertThat(ledger.counts("never").matched()).isZero();
  }

  private static Trouble slow() {
    return new Trouble.Slow(When.BEFORE, new Delay.Fixed(Duration.ofMillis(1)));
  }

  private void hold(FaultRule... held) {
    rules.replace(List.of(held));
  }

  private static FaultRule rule(Target target, Trouble trouble) {
    return new FaultRule("rule", target, Frequency.ALWAYS, trouble);
  }

  private PowerState power(VmId vm) {
    return driver.observe(vm).orElseThrow().power();
  }

  private boolean startQuietly(VmId vm) {
    try {
      driver.start(vm, HERE);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  private static <F extends Fault> F refuses(Class<F> kind, ThrowingCallable call) {
    var thrown = new ArrayList<F>();
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            HypervisorException.class,
            e -> {
              assertThat(e.fault()).isInstanceOf(kind);
              thrown.add(kind.cast(e.fault()));
            });
    return thrown.getFirst();
  }

  private static Inventory.Host host(HostId id) {
    return new Inventory.Host(id, HostState.CONNECTED, GIB);
  }

  private static VmDefinition vm(VmId id) {
    return new VmDefinition(id, id.value(), new Cpu(1, 1), GIB / 8, Firmware.BIOS, List.of(), null);
  }

  private static SimulatedTime time() {
    var clock = Clock.fixed(Instant.parse("2026-01-31T08:00:00Z"), ZoneOffset.UTC);
    return new SimulatedTime(clock, Waiting.SLEEPING, SimulationSpeed.INSTANT);
  }
}
