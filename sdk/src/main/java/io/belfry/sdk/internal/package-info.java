/// What generated models build on. No part of the SDK's promise: anything here may change in any
/// release. [io.belfry.sdk.internal.Shape] is the class to read first.
@NullMarked
package io.belfry.sdk.internal;

import org.jspecify.annotations.NullMarked;
