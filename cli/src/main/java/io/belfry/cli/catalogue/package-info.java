/// What the command line knows of the API, read when it is needed.
@NullMarked
package io.belfry.cli.catalogue;

import org.jspecify.annotations.NullMarked;
