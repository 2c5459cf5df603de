/// How parts of Belfry, in this process and in others on the same database, tell each other that
/// there is something new. Only a matter of speed: everybody looks from time to time anyway. Start
/// with [Signals].
@NullMarked
package io.belfry.store.signal;

import org.jspecify.annotations.NullMarked;
