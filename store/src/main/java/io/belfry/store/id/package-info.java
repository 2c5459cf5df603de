/// Where ids come from. Start with [IdSource].
@NullMarked
package io.belfry.store.id;

import org.jspecify.annotations.NullMarked;
