package io.belfry.datacenter;

import static io.belfry.datacenter.GuestSystem.CENTOS_7;
import static io.belfry.datacenter.GuestSystem.DEBIAN_12;
import static io.belfry.datacenter.GuestSystem.OPENEULER_22;
import static io.belfry.datacenter.GuestSystem.ROCKY_9;
import static io.belfry.datacenter.GuestSystem.UBUNTU_22;
import static io.belfry.datacenter.GuestSystem.WINDOWS_11;
import static io.belfry.datacenter.GuestSystem.WINDOWS_2019;

import java.util.List;
import java.util.Locale;

/// What VMs are there for; decides their names and sizes.
///
/// @param word in names
/// @param purpose for people
/// @param systems those that such VMs run
/// @param weight how common it is; all weights together are 100
record Workload(
    String word, String purpose, Stage stage, Shape shape, List<GuestSystem> systems, int weight) {
  static final Workload DATABASE =
      new Workload(
          "db",
          "Keeps the orders",
          Stage.PRODUCTION,
          new Shape(8, 16, 80, 500),
          List.of(ROCKY_9, OPENEULER_22),
          12);

  static final List<Workload> ALL =
      List.of(
          new Workload(
              "web",
              "Serves the web site",
              Stage.PRODUCTION,
              new Shape(4, 8, 60, 0),
              List.of(CENTOS_7, UBUNTU_22),
              18),
          new Workload(
              "app",
              "Runs business applications",
              Stage.PRODUCTION,
              new Shape(4, 8, 80, 0),
              List.of(ROCKY_9, CENTOS_7),
              16),
          new Workload(
              "api",
              "Answers the mobile apps",
              Stage.PRODUCTION,
              new Shape(4, 8, 60, 0),
              List.of(UBUNTU_22, DEBIAN_12),
              10),
          DATABASE,
          new Workload(
              "cache",
              "Redis",
              Stage.PRODUCTION,
              new Shape(2, 16, 40, 0),
              List.of(DEBIAN_12, UBUNTU_22),
              6),
          new Workload(
              "mq", "Kafka", Stage.PRODUCTION, new Shape(4, 16, 60, 300), List.of(ROCKY_9), 5),
          new Workload(
              "build",
              "Builds and tests software",
              Stage.DEVELOPMENT,
              new Shape(8, 16, 120, 200),
              List.of(UBUNTU_22),
              10),
          new Workload(
              "k8s-worker",
              "Kubernetes",
              Stage.TEST,
              new Shape(8, 16, 100, 100),
              List.of(UBUNTU_22),
              8),
          new Workload(
              "monitor", "Prometheus", Stage.TEST, new Shape(4, 8, 60, 400), List.of(DEBIAN_12), 3),
          new Workload(
              "files",
              "Shared folders",
              Stage.PRODUCTION,
              new Shape(4, 8, 100, 1_000),
              List.of(WINDOWS_2019),
              3),
          new Workload(
              "ad",
              "Active Directory",
              Stage.PRODUCTION,
              new Shape(2, 4, 100, 0),
              List.of(WINDOWS_2019),
              2),
          new Workload(
              "desktop",
              "Virtual desktop",
              Stage.DEVELOPMENT,
              new Shape(2, 4, 120, 0),
              List.of(WINDOWS_11),
              7));

  Workload {
    systems = List.copyOf(systems);
  }

  /// What such a VM usually has.
  ///
  /// @param dataGib of its second disk; 0 when it has none
  record Shape(int vcpu, int memoryGib, int systemGib, int dataGib) {}

  /// How much depends on a VM.
  enum Stage {
    PRODUCTION("Production"),
    TEST("Test"),
    DEVELOPMENT("Development");

    private final String folder;

    Stage(String folder) {
      this.folder = folder;
    }

    String folder() {
      return folder;
    }

    String label() {
      return folder.toLowerCase(Locale.ROOT);
    }
  }

  /// @param number counts the VMs of this workload from 1
  String vmName(int number) {
    return String.format(Locale.ROOT, "%s-%02d", word, number);
  }
}
