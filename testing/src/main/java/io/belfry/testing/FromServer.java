package io.belfry.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A field of a test class that has [BelfryServer]: set before the test, or before all tests if it
/// is static. It may be private, not final, and of a type that [BelfryServer] names.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface FromServer {}
