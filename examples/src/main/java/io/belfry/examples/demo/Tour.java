package io.belfry.examples.demo;

import io.belfry.examples.backup.BackUpVm;
import io.belfry.examples.client.LogIn;
import io.belfry.examples.dashboard.Dashboard;
import io.belfry.examples.dashboard.Units;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.Condition;
import io.belfry.sdk.api.ApiInfoApi;
import io.belfry.sdk.api.ClusterApi;
import io.belfry.sdk.api.ContentLibraryVmTemplateApi;
import io.belfry.sdk.api.VlanApi;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Bus;
import io.belfry.sdk.model.Cluster;
import io.belfry.sdk.model.ContentLibraryVmTemplate;
import io.belfry.sdk.model.Hypervisor;
import io.belfry.sdk.model.MountNewCreateDisksParams;
import io.belfry.sdk.model.MountNewCreateDisksParamsVmVolume;
import io.belfry.sdk.model.NetworkType;
import io.belfry.sdk.model.Vds;
import io.belfry.sdk.model.Vlan;
import io.belfry.sdk.model.Vm;
import io.belfry.sdk.model.VmAddDiskParamsData;
import io.belfry.sdk.model.VmAddDiskParamsDataVmDisks;
import io.belfry.sdk.model.VmAddNicParamsData;
import io.belfry.sdk.model.VmCreateVmFromContentLibraryTemplateParams;
import io.belfry.sdk.model.VmNicModel;
import io.belfry.sdk.model.VmNicParams;
import io.belfry.sdk.model.VmStatus;
import io.belfry.sdk.model.VmVolumeElfStoragePolicyType;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// The guide's tour: one VM from its template to the recycle bin and back, and a look at the whole
/// data centre. Each step reads and says what came of it.
final class Tour {
  private static final String NAME = "demo-";

  private final ApiClient client;
  private final VmApi vmApi;
  private final Screen screen;
  private final Progress progress;

  Tour(ApiClient client, Screen screen) {
    this.client = client;
    this.vmApi = new VmApi(client);
    this.screen = screen;
    this.progress = new Progress(screen);
  }

  /// @throws io.belfry.sdk.ApiException if a step fails
  /// @throws IllegalStateException if something is not as it should be after a step
  void walk() {
    logIn();
    find();
    var cluster = cluster();
    var vlan = vlan(cluster);
    var vm = create(cluster);
    vm = changeDevices(vm, vlan);
    vm = start(vm);
    vm = migrate(vm);
    snapshot(vm);
    binAndRecover(vm);
    dashboard();
  }

  private void logIn() {
    screen.step("Log in", "鉴权");
    screen.say(
        "%s, version %s; you are %s"
            .formatted(
                client.configuration().host(),
                new ApiInfoApi(client).getApiVersion(),
                LogIn.whoAmI(client)));
  }

  private void find() {
    screen.step("Find VMs", "获取虚拟机");
    screen.say(String.format(Locale.ROOT, "%4d VMs altogether", count(Condition.everything())));
    screen.say(
        String.format(
            Locale.ROOT, "%4d run:                      Vm.STATUS.is(RUNNING)", count(running())));
    screen.say(
        String.format(
            Locale.ROOT,
            "%4d have more than 4 vCPUs:    Vm.VCPU.greaterThan(4)",
            count(Vm.VCPU.greaterThan(4))));
    var onVmware = Vm.CLUSTER.has(Cluster.HYPERVISOR.is(Hypervisor.VMWARE));
    screen.say(
        String.format(
            Locale.ROOT,
            "%4d run on VMware:            …and(Vm.CLUSTER.has(Cluster.HYPERVISOR.is(VMWARE)))",
            count(running().and(onVmware))));
    screen.say(
        "  The largest that run:       q -> q.where(…).orderBy(Vm.MEMORY.descending()).first(3)");
    vmApi
        .getVms(q -> q.where(running()).orderBy(Vm.MEMORY.descending()).first(3))
        .forEach(
            vm -> screen.say("     %s: %s vCPUs, %s".formatted(vm.name(), vm.vcpu(), memory(vm))));
  }

  private static Condition<Vm> running() {
    return Vm.STATUS.is(VmStatus.RUNNING);
  }

  private long count(Condition<Vm> condition) {
    return vmApi.getVmsConnection(condition).count();
  }

  private static String memory(Vm vm) {
    return Units.bytes((double) vm.memory());
  }

  /// A cluster that runs VMs itself.
  private Cluster cluster() {
    return new ClusterApi(client)
        .getClusters(q -> q.where(Cluster.HYPERVISOR.is(Hypervisor.ELF)).first(1)).stream()
            .findFirst()
            .orElseThrow(missing("a cluster that runs VMs"));
  }

  /// A network of the cluster other than the one that templates have.
  private Vlan vlan(Cluster cluster) {
    var inCluster = Vlan.VDS.has(Vds.CLUSTER.has(Cluster.ID.is(cluster.id())));
    return new VlanApi(client)
            .getVlans(inCluster.and(Vlan.TYPE.is(NetworkType.VM)).and(Vlan.NAME.isNot("default")))
            .stream()
            .findFirst()
            .orElseThrow(missing("a network for VMs besides the default one"));
  }

  private Vm create(Cluster cluster) {
    screen.step("Create a VM from a template", "从模版创建虚拟机");
    var template =
        new ContentLibraryVmTemplateApi(client)
                .getContentLibraryVmTemplates(
                    ContentLibraryVmTemplate.CLOUD_INIT_SUPPORTED
                        .isTrue()
                        .and(ContentLibraryVmTemplate.CLUSTERS.some(Cluster.ID.is(cluster.id()))))
                .stream()
                .findFirst()
                .orElseThrow(missing("a template with cloud-init"));
    screen.say("from %s, on %s".formatted(template.name(), cluster.name()));
    var accepted =
        vmApi.createVmFromContentLibraryTemplate(
            VmCreateVmFromContentLibraryTemplateParams.builder()
                .templateId(template.id())
                .clusterId(cluster.id())
                .name(freeName())
                .isFullCopy(false)
                .build());
    progress.await(accepted);
    var vm = read(accepted.data().getFirst().id());
    screen.say("%s: %s, %s vCPUs, %s".formatted(vm.name(), vm.status(), vm.vcpu(), memory(vm)));
    return vm;
  }

  /// A name that no VM has, so that the tour can be walked again.
  private String freeName() {
    var taken = vmApi.getVms(Vm.NAME.startsWith(NAME)).stream().map(Vm::name).toList();
    return IntStream.iterate(1, number -> number + 1)
        .mapToObj(number -> NAME + number)
        .filter(name -> !taken.contains(name))
        .findFirst()
        .orElseThrow();
  }

  private Vm changeDevices(Vm vm, Vlan vlan) {
    screen.step("Add a disk and a NIC", "编辑虚拟机");
    progress.await(vmApi.addVmDisk(Vm.ID.is(vm.id()), disk(vm.name() + "-data")));
    progress.await(vmApi.addVmNic(Vm.ID.is(vm.id()), nic(vlan)));
    var changed = read(vm.id());
    screen.say(
        "%s disks with %s, %s NICs, the new one in %s"
            .formatted(
                changed.vmDisks().size(),
                changed.provisionedSize() == null
                    ? "nothing"
                    : Units.bytes(changed.provisionedSize()),
                changed.vmNics().size(),
                vlan.name()));
    return changed;
  }

  private static VmAddDiskParamsData disk(String volumeName) {
    var volume =
        MountNewCreateDisksParamsVmVolume.builder()
            .name(volumeName)
            .size(5L << 30)
            .elfStoragePolicy(VmVolumeElfStoragePolicyType.REPLICA_2_THIN_PROVISION)
            .build();
    var disk = MountNewCreateDisksParams.builder().boot(1).bus(Bus.VIRTIO).vmVolume(volume).build();
    return VmAddDiskParamsData.builder()
        .vmDisks(VmAddDiskParamsDataVmDisks.builder().mountNewCreateDisks(disk).build())
        .build();
  }

  private static VmAddNicParamsData nic(Vlan vlan) {
    return VmAddNicParamsData.builder()
        .vmNics(
            VmNicParams.builder()
                .connectVlanId(vlan.id())
                .enabled(true)
                .model(VmNicModel.VIRTIO)
                .build())
        .build();
  }

  private Vm start(Vm vm) {
    screen.step("Start it", "虚拟机开机");
    progress.await(vmApi.startVm(Vm.ID.is(vm.id())));
    var started = require(VmStatus.RUNNING, read(vm.id()));
    screen.say("%s on %s".formatted(started.status(), host(started)));
    return started;
  }

  private Vm migrate(Vm vm) {
    screen.step("Migrate it while it runs", "虚拟机迁移");
    progress.await(vmApi.migrateVm(Vm.ID.is(vm.id())));
    var moved = require(VmStatus.RUNNING, read(vm.id()));
    screen.say("%s, from %s to %s".formatted(moved.status(), host(vm), host(moved)));
    return moved;
  }

  private void snapshot(Vm vm) {
    screen.step("Take a snapshot", "虚拟机备份");
    var backup = BackUpVm.backUp(client, vm.name(), vm.name() + "-snapshot");
    screen.say(
        "%s, %s, with the snapshots of %s LUNs"
            .formatted(
                backup.snapshot().name(),
                backup.snapshot().consistentType(),
                backup.lunSnapshots().size()));
  }

  private void binAndRecover(Vm vm) {
    screen.step("Move it to the recycle bin and recover it", "回收站");
    progress.await(vmApi.moveVmToRecycleBin(Vm.ID.is(vm.id())));
    var binned = read(vm.id());
    screen.say("in the bin as %s, %s".formatted(binned.name(), binned.status()));
    progress.await(vmApi.recoverVmFromRecycleBin(Vm.ID.is(vm.id())));
    var recovered = require(VmStatus.STOPPED, read(vm.id()));
    screen.say("back as %s".formatted(recovered.name()));
  }

  private void dashboard() {
    screen.step("Look at the whole data centre", "Dashboard 构建");
    var dashboard = Dashboard.ofEverything(client);
    dashboard
        .performance()
        .compute()
        .ifPresent(compute -> {
          var cpu = compute.cpu();
          var memory = compute.memory();
          screen.usage("CPU", cpu.percent(), Units.hertz(cpu.total()));
          screen.usage("Memory", memory.percent(), Units.bytes(memory.total()));
        });
    var storage = dashboard.performance().storage();
    screen.usage("Storage", storage.usage().percent(), Units.bytes(storage.total()));
    var disks = dashboard.hardDisks();
    screen.say(
        "%-8s %s HDDs: %s healthy, %s warning, %s error"
            .formatted("Disks", disks.total(), disks.healthy(), disks.warning(), disks.error()));
    var alerts = dashboard.alerts();
    screen.say(
        "%-8s %s critical, %s notice, %s info"
            .formatted(
                "Alerts", alerts.critical().size(), alerts.notice().size(), alerts.info().size()));
    alerts.critical().stream()
        .limit(3)
        .forEach(alert -> screen.say("%-8s %s".formatted("", alert.message())));
  }

  private Vm read(String id) {
    return vmApi.getVms(Vm.ID.is(id)).stream().findFirst().orElseThrow(missing("the VM " + id));
  }

  private static Vm require(VmStatus status, Vm vm) {
    if (!vm.status().equals(status)) {
      throw new IllegalStateException(
          "VM %s should be %s, but is %s".formatted(vm.name(), status, vm.status()));
    }
    return vm;
  }

  private static String host(Vm vm) {
    var host = vm.host();
    return host == null ? "no host" : host.name();
  }

  private static Supplier<IllegalStateException> missing(String what) {
    return () -> new IllegalStateException("the data centre has not got " + what);
  }
}
