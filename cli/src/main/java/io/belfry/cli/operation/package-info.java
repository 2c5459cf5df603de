/// Operations as commands: options become bodies, names become ids, answers become rows.
@NullMarked
package io.belfry.cli.operation;

import org.jspecify.annotations.NullMarked;
