/// Labels: keys, perhaps with values, that objects of many kinds carry. Labels belong to the
/// management alone, so their changes are made when they are answered.
@NullMarked
package io.belfry.operations.label;

import org.jspecify.annotations.NullMarked;
