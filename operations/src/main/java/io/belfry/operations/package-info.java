/// Operations that are more than listings: one final class each, in the package of what it is
/// about. One that changes something *decides* in a transaction and queues tasks; its task *acts*
/// on the hypervisor without one and *records* what was seen in another: start with [Operations],
/// then [Mutation] and `vm.StartVm`. One that only reads is an [Inquiry]: start with [Inquiries].
@NullMarked
package io.belfry.operations;

import org.jspecify.annotations.NullMarked;
