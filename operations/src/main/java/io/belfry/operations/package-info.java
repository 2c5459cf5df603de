/// Operations that change something: one final class each, in the package of what it changes. An
/// operation *decides* in a transaction and queues tasks; its task *acts* on the hypervisor without
/// one and *records* what was seen in another. Start with [Operations], then [Mutation] and
/// `vm.StartVm`.
@NullMarked
package io.belfry.operations;

import org.jspecify.annotations.NullMarked;
