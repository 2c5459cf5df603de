/// Which table and columns hold what of the schema; the one place that knows names in SQL. Start
/// with [Layout].
@NullMarked
package io.belfry.query.layout;

import org.jspecify.annotations.NullMarked;
