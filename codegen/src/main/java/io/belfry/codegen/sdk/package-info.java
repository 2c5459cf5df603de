/// Sources of the SDK: a class for each entity, object, input, enum and group of operations. What
/// they build on is written by hand in the module `sdk`. [io.belfry.codegen.sdk.SdkSources] is the
/// class to read first.
@NullMarked
package io.belfry.codegen.sdk;

import org.jspecify.annotations.NullMarked;
