/// Answers as tables, JSON, YAML and CSV.
@NullMarked
package io.belfry.cli.output;

import org.jspecify.annotations.NullMarked;
