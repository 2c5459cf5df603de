/// Settings of the whole tower and of clusters, which the management keeps.
@NullMarked
package io.belfry.operations.setting;

import org.jspecify.annotations.NullMarked;
