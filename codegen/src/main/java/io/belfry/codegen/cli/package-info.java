/// What the command line knows of the API: its commands, their options and their answers' fields.
@NullMarked
package io.belfry.codegen.cli;

import org.jspecify.annotations.NullMarked;
