/// Operations on virtual machines. Those that change existing VMs one by one are a [VmChange] each,
/// carried out by [ChangeVms]; start with [StartVm].
@NullMarked
package io.belfry.operations.vm;

import org.jspecify.annotations.NullMarked;
