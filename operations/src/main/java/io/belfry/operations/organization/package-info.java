/// Organisations, which hold data centres. The management alone knows them, so their changes are
/// made when they are answered.
@NullMarked
package io.belfry.operations.organization;

import org.jspecify.annotations.NullMarked;
