/// How the files of this repository look, checked instead of remembered. Start with [TidyTest].
@NullMarked
package io.belfry.tidy;

import org.jspecify.annotations.NullMarked;
