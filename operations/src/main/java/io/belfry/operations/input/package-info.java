/// Request bodies of operations that are more than listings: checked against the schema before
/// anything else sees them. Start with [BodyCheck]; operations read the result through [Params].
@NullMarked
package io.belfry.operations.input;

import org.jspecify.annotations.NullMarked;
