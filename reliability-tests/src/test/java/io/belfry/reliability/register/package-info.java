/// One VM's power state as a register with a lock, which many clients change and read at once:
/// whatever they see must fit some order of their calls. Start with [PowerHistoryTest].
@NullMarked
package io.belfry.reliability.register;

import org.jspecify.annotations.NullMarked;
