/// Operations on tasks themselves: what other programs publish as tasks of theirs, and cancelling
/// tasks that have not begun. Start with [UpdateTask].
@NullMarked
package io.belfry.operations.task;

import org.jspecify.annotations.NullMarked;
