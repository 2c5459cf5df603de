/// What Belfry does by itself when a host stops to answer, and when it answers again: it shows what
/// is known, and restarts VMs elsewhere. Start with [HostWatch].
@NullMarked
package io.belfry.operations.ha;

import org.jspecify.annotations.NullMarked;
