/// What tasks do when calls of the hypervisor go wrong, for each kind of fault.
@NullMarked
package io.belfry.operations.faults;

import org.jspecify.annotations.NullMarked;
