/// The rules of the house that concern code, as tests: which module may know which, what things are
/// called, what is done in one place only. Start with [Module].
@NullMarked
package io.belfry.architecture;

import org.jspecify.annotations.NullMarked;
