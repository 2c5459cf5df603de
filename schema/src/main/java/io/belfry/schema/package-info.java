/// The API as data. Everything Belfry knows about entities, inputs, enums and operations is read
/// from `schema/*.graphqls` into the immutable records of this package; what the vocabulary calls
/// derived (filters, orders, connections) is derived in [Derived] and nowhere else. Start with
/// [Schema].
@NullMarked
package io.belfry.schema;

import org.jspecify.annotations.NullMarked;
