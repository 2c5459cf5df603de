package io.belfry.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.function.Predicate;

/// Conditions for rules, made from plain predicates.
final class Conditions {
  private Conditions() {}

  /// Holds for classes that fit.
  static ArchCondition<JavaClass> be(String what, Predicate<JavaClass> fits) {
    return new ArchCondition<>("be " + what) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        var message = type.getName() + (fits.test(type) ? " is " : " is not ") + what;
        events.add(new SimpleConditionEvent(type, fits.test(type), message));
      }
    };
  }
}
