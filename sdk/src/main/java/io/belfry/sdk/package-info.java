/// The client of CloudTower's operation API, for Java 17 and later. [ApiClient] is where to start;
/// the classes in [io.belfry.sdk.api] hold the operations, those in [io.belfry.sdk.model] what goes
/// in and comes out.
@NullMarked
package io.belfry.sdk;

import org.jspecify.annotations.NullMarked;
