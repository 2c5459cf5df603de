package io.belfry.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/// The compiled classes of all modules, without tests.
final class BelfryClasses {
  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.belfry");

  private BelfryClasses() {}

  static JavaClasses all() {
    return ALL;
  }

  /// Those that nobody generated.
  static JavaClasses handWritten() {
    return ALL.that(
        DescribedPredicate.not(
            JavaClass.Predicates.resideInAnyPackage(
                "io.belfry.store.rows..", "io.belfry.sdk.model..", "io.belfry.sdk.api..")));
  }
}
