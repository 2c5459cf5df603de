/// Which server, and as whom.
@NullMarked
package io.belfry.cli.context;

import org.jspecify.annotations.NullMarked;
