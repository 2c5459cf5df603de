/// The revision log as readers see it: every committed change of any object, in one order that
/// never changes behind a reader's back. Start with [RevisionLog]; [LogTail] is for whoever wants
/// to be told of changes as they happen.
@NullMarked
package io.belfry.store.log;

import org.jspecify.annotations.NullMarked;
