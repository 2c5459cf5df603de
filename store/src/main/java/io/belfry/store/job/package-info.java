/// What a server does again and again on threads of its own. Start with
/// [io.belfry.store.job.RecurringJob].
@NullMarked
package io.belfry.store.job;

import org.jspecify.annotations.NullMarked;
