/// What is around a command, and how it ends.
@NullMarked
package io.belfry.cli.shell;

import org.jspecify.annotations.NullMarked;
