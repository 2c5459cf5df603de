/// What Belfry asks of a hypervisor, and what it may answer: one interface, plain records, nothing
/// else.
///
/// Start with [HypervisorDriver]. Its words: a *definition* is what somebody wants, a thing *seen*
/// is what the driver found, a [Fault] is why it could not. Sizes are bytes, usages percentages
/// 0–100, progress a fraction 0–1, waits [java.time.Duration]s.
@NullMarked
package io.belfry.hypervisor;

import org.jspecify.annotations.NullMarked;
