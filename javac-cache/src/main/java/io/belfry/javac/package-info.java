/// Part of the build, not of Belfry: what Maven compiles with. It begins with
/// [io.belfry.javac.CachingJavac].
@NullMarked
package io.belfry.javac;

import org.jspecify.annotations.NullMarked;
