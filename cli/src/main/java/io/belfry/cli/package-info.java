/// The command line: its start, and the tree of its commands.
@NullMarked
package io.belfry.cli;

import org.jspecify.annotations.NullMarked;
