package io.belfry.hypervisor.simulator;

import io.belfry.hypervisor.Id;

/// Makes calls go wrong: by throwing a [io.belfry.hypervisor.HypervisorException], or by taking its
/// time.
public interface Faults {
  /// Nothing goes wrong.
  Faults NONE =
      new Faults() {
        @Override
        public void before(Call call) {}

        @Override
        public void after(Call call) {}
      };

  /// Asked before a call has any effect.
  void before(Call call) throws InterruptedException;

  /// Asked after a call had its effect, before the caller learns of it.
  void after(Call call) throws InterruptedException;

  /// A call of the driver.
  ///
  /// @param name the method's
  /// @param about the object that it is about, the first if there are several
  record Call(String name, Id about) {}
}
