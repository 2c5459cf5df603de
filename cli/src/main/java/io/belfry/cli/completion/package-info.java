/// What a shell offers when Tab is pressed.
@NullMarked
package io.belfry.cli.completion;

import org.jspecify.annotations.NullMarked;
