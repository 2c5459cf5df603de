/// What every command has: its words, its options, a server to ask.
@NullMarked
package io.belfry.cli.command;

import org.jspecify.annotations.NullMarked;
