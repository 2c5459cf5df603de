/// The language of `--where`, which becomes the API's filter.
@NullMarked
package io.belfry.cli.where;

import org.jspecify.annotations.NullMarked;
