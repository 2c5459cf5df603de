/// What Belfry keeps. [Store] runs work in transactions; [Transaction] reads, locks and writes rows
/// of any entity. The only module that speaks JDBC.
@NullMarked
package io.belfry.store;

import org.jspecify.annotations.NullMarked;
