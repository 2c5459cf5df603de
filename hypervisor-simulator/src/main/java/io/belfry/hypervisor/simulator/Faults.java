package io.belfry.hypervisor.simulator;

import io.belfry.hypervisor.Id;
import java.util.HashSet;
import java.util.Set;

/// Makes calls go wrong: by throwing a [io.belfry.hypervisor.HypervisorException], or by taking its
/// time.
public interface Faults {
  /// Nothing goes wrong.
  Faults NONE =
      new Faults() {
        @Override
        public boolean areAny() {
          return false;
        }

        @Override
        public void before(Call call) {}

        @Override
        public void after(Call call) {}
      };

  /// Whether anything goes wrong now. If not, a call that begins now isn't asked about.
  default boolean areAny() {
    return true;
  }

  /// Asked before a call has any effect.
  void before(Call call) throws InterruptedException;

  /// Asked after a call had its effect, before the caller learns of it.
  void after(Call call) throws InterruptedException;

  /// Whether the guest does nothing when this call asks it to shut down.
  default boolean silencesGuest(Call call) {
    return false;
  }

  /// A call of the driver.
  ///
  /// @param name the method's
  /// @param about the object that it is about, the first if there are several
  /// @param places the hosts and storages that take part, as far as they are known before
  /// @param wantedBytes the memory or space that it asks of them; 0 if it asks for none
  record Call(String name, Id about, Set<Id> places, long wantedBytes) {
    public Call {
      places = Set.copyOf(places);
    }

    Call(String name, Id about) {
      this(name, about, Set.of(), 0);
    }

    Call at(Id place) {
      var more = new HashSet<>(places);
      more.add(place);
      return new Call(name, about, more, wantedBytes);
    }

    Call wanting(long bytes) {
      return new Call(name, about, places, bytes);
    }
  }
}
