/// Tasks: durable work behind every change. A task is decided and queued in one transaction, acted
/// on without any, and recorded in another; a worker that dies loses its lease, and another takes
/// over. Start with [TaskEngine], then [TaskWork].
@NullMarked
package io.belfry.tasks;

import org.jspecify.annotations.NullMarked;
