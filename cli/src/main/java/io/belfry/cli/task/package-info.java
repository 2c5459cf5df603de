/// Waiting for tasks, and telling how far they are.
@NullMarked
package io.belfry.cli.task;

import org.jspecify.annotations.NullMarked;
