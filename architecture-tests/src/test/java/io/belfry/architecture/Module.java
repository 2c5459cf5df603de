package io.belfry.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The modules of Belfry, their packages, and the modules that each may know. A module can only
/// name modules that stand above it here, so there are no cycles.
@SuppressWarnings("ImmutableEnumChecker") // the lists are immutable copies
enum Module {
  SCHEMA(packages("io.belfry.schema", "io.belfry.problem")),
  CODEGEN(packages("io.belfry.codegen"), SCHEMA),
  QUERY(packages("io.belfry.query"), SCHEMA),
  EMBEDDED_POSTGRES(packages("io.belfry.postgres"), SCHEMA),
  STORE(packages("io.belfry.store"), QUERY, EMBEDDED_POSTGRES),
  TASKS(packages("io.belfry.tasks"), STORE),
  HYPERVISOR(packages("io.belfry.hypervisor")),
  HYPERVISOR_SIMULATOR(packages("io.belfry.hypervisor.simulator"), HYPERVISOR),
  SIMULATED_DATACENTER(packages("io.belfry.datacenter"), STORE, HYPERVISOR_SIMULATOR),
  OPERATIONS(packages("io.belfry.operations"), TASKS, HYPERVISOR),
  SERVER(packages("io.belfry.server"), OPERATIONS, SIMULATED_DATACENTER, HYPERVISOR_SIMULATOR),
  SDK(packages("io.belfry.sdk")),
  EXAMPLES(packages("io.belfry.examples"), SDK),
  TESTING(packages("io.belfry.testing"), SERVER, SDK),
  RECORDING(packages("io.belfry.recording"), SDK),
  OPENTELEMETRY(packages("io.belfry.opentelemetry"), SDK),
  CLI(packages("io.belfry.cli"), SDK, RECORDING);

  private final List<String> packages;
  private final List<Module> known;

  Module(List<String> packages, Module... known) {
    this.packages = packages;
    this.known = List.of(known);
  }

  private static List<String> packages(String... names) {
    return List.of(names);
  }

  /// The module that a class is in: the one with the longest package that fits.
  static Optional<Module> of(JavaClass type) {
    return Arrays.stream(values())
        .filter(module -> module.fit(type) > 0)
        .max(Comparator.comparingInt(module -> module.fit(type)));
  }

  static DescribedPredicate<JavaClass> anyOf(Set<Module> modules) {
    return DescribedPredicate.describe(
        "in " + modules, type -> of(type).filter(modules::contains).isPresent());
  }

  /// Whether a class is Belfry's own.
  static DescribedPredicate<JavaClass> any() {
    return DescribedPredicate.describe(
        "of Belfry", type -> (type.getPackageName() + ".").startsWith("io.belfry."));
  }

  /// The folder of the module, `hypervisor-simulator`.
  String folder() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The modules that this one names itself.
  List<Module> known() {
    return known;
  }

  /// This module, those that it knows, those that these know, and so on.
  Set<Module> reach() {
    var reach = EnumSet.of(this);
    known.forEach(module -> reach.addAll(module.reach()));
    return reach;
  }

  private int fit(JavaClass type) {
    var name = type.getPackageName() + ".";
    return packages.stream()
        .flatMap(each -> name.startsWith(each + ".") ? Stream.of(each.length()) : Stream.empty())
        .max(Comparator.naturalOrder())
        .orElse(0);
  }
}
