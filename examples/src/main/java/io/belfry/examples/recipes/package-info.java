/// The recipes of `docs/sdk.md`, which shows the bodies of the methods of
/// [io.belfry.examples.recipes.Recipes].
@NullMarked
package io.belfry.examples.recipes;

import org.jspecify.annotations.NullMarked;
