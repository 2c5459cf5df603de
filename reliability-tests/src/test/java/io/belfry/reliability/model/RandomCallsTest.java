package io.belfry.reliability.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.reliability.model.VmModel.Result;
import io.belfry.reliability.server.ServerUnderTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Does what the model says, whatever is called in whatever order; if not, tells the shortest
/// sequence of calls that shows it.
///
/// `-Dseed=…` and `-Dsequences=…` choose other sequences.
class RandomCallsTest {
  private static final long SEED = Long.getLong("seed", 42);
  private static final int SEQUENCES = Integer.getInteger("sequences", 8);
  private static final int LENGTH = 25;
  private static final List<Call> CALLS = List.of(Call.values());

  private final AtomicInteger vms = new AtomicInteger();

  @Test
  void leadToWhatTheModelSays() throws Exception {
    var random = new SplittableRandom(SEED);
    try (var server = ServerUnderTest.start("30-vms", "instant")) {
      for (var i = 0; i < SEQUENCES; i++) {
        var calls = draw(random);
        if (!difference(server, calls).isEmpty()) {
          var shortest = shortened(calls, shorter -> !difference(server, shorter).isEmpty());
          assertThat(difference(server, shortest))
              .as("seed %s, shortest sequence of calls %s", SEED, shortest)
              .isEmpty();
        }
      }
    }
  }

  @Test
  void areShortenedToThoseThatMatter() {
    var calls = List.of(Call.START, Call.RENAME, Call.SUSPEND, Call.GROW, Call.DELETE);

    var shortest =
        shortened(calls, shorter -> shorter.contains(Call.START) && shorter.contains(Call.GROW));

    assertThat(shortest).containsExactly(Call.START, Call.GROW);
  }

  private static List<Call> draw(RandomGenerator random) {
    var calls = new ArrayList<Call>();
    for (var i = 0; i < LENGTH; i++) {
      var call = CALLS.get(random.nextInt(CALLS.size()));
      // a deleted VM has little left to show
      if (call != Call.DELETE || i > LENGTH / 2) {
        calls.add(call);
      }
    }
    return calls;
  }

  /// Makes the calls on a new VM.
  ///
  /// @return where the VM and the model differ first; empty if they don't
  private String difference(ServerUnderTest server, List<Call> calls) {
    var model = VmModel.created(String.format(Locale.ROOT, "model-%05d-", vms.getAndIncrement()));
    var vm = RealVm.create(server, model.name());
    for (var call : calls) {
      var expected = model.after(call);
      var actual = vm.ask(call, model);
      if (!fits(actual, expected)) {
        return "%s of %s: %s, expected %s".formatted(call, model, actual, expected);
      }
      if (expected instanceof Result.Done(var after)) {
        model = after;
      } else if (!vm.look(model).equals(model)) {
        return "%s changed %s to %s".formatted(call, model, vm.look(model));
      }
    }
    return "";
  }

  private static boolean fits(Result actual, Result expected) {
    return expected instanceof Result.Failed(var part)
        ? actual instanceof Result.Failed(var message) && message.contains(part)
        : actual.equals(expected);
  }

  /// Leaves out calls, one after the other, as long as the sequence still shows the fault.
  private static List<Call> shortened(List<Call> calls, Predicate<List<Call>> showsFault) {
    var shortest = calls;
    for (var i = 0; i < shortest.size(); ) {
      var shorter = new ArrayList<>(shortest);
      shorter.remove(i);
      if (showsFault.test(shorter)) {
        shortest = shorter;
      } else {
        i++;
      }
    }
    return shortest;
  }
}
