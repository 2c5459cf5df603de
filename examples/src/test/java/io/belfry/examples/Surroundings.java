package io.belfry.examples;

import io.belfry.sdk.ApiClient;
import io.belfry.sdk.api.ClusterApi;
import io.belfry.sdk.api.ContentLibraryVmTemplateApi;
import io.belfry.sdk.api.ElfImageApi;
import io.belfry.sdk.api.HostApi;
import io.belfry.sdk.api.VlanApi;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.api.VmDiskApi;
import io.belfry.sdk.api.VmNicApi;
import io.belfry.sdk.api.VmVolumeApi;
import io.belfry.sdk.model.Cluster;
import io.belfry.sdk.model.ContentLibraryVmTemplate;
import io.belfry.sdk.model.ElfImage;
import io.belfry.sdk.model.Host;
import io.belfry.sdk.model.HostStatus;
import io.belfry.sdk.model.Hypervisor;
import io.belfry.sdk.model.NetworkType;
import io.belfry.sdk.model.Vds;
import io.belfry.sdk.model.Vlan;
import io.belfry.sdk.model.Vm;
import io.belfry.sdk.model.VmCreateVmFromContentLibraryTemplateParams;
import io.belfry.sdk.model.VmCreationParams;
import io.belfry.sdk.model.VmDisk;
import io.belfry.sdk.model.VmDiskParams;
import io.belfry.sdk.model.VmFirmware;
import io.belfry.sdk.model.VmNic;
import io.belfry.sdk.model.VmNicParams;
import io.belfry.sdk.model.VmStatus;
import io.belfry.sdk.model.VmVolume;
import io.belfry.sdk.model.VmVolumeCreationParams;
import io.belfry.sdk.model.VmVolumeElfStoragePolicyType;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// What a test of an example finds in the data centre, and makes for itself there.
public record Surroundings(Server server, ApiClient client, Cluster cluster) {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  /// In a cluster that runs VMs itself.
  static Surroundings of(Server server, ApiClient client) {
    var elf = new ClusterApi(client).getClusters(Cluster.HYPERVISOR.is(Hypervisor.ELF));
    return new Surroundings(server, client, elf.getFirst());
  }

  /// A name that nothing else has.
  public static String name(String word) {
    return "example-%s-%s".formatted(word, NUMBERS.incrementAndGet());
  }

  public String clusterId() {
    return cluster.id();
  }

  /// The networks for VMs, the one called default first.
  public List<Vlan> vlans() {
    return new VlanApi(client)
            .getVlans(
                Vlan.TYPE
                    .is(NetworkType.VM)
                    .and(Vlan.VDS.has(Vds.CLUSTER.has(Cluster.ID.is(clusterId())))))
            .stream()
            .sorted(Comparator.comparing(vlan -> !vlan.name().equals("default")))
            .toList();
  }

  /// A host other than the one that a VM is on.
  public Host hostBesides(Vm vm) {
    return new HostApi(client)
            .getHosts(
                Host.CLUSTER
                    .has(Cluster.ID.is(clusterId()))
                    .and(Host.STATUS.is(HostStatus.CONNECTED_HEALTHY)))
            .stream()
            .filter(host -> !host.id().equals(hostId(vm)))
            .findFirst()
            .orElseThrow();
  }

  public static String hostId(Vm vm) {
    return vm.host() == null ? "" : vm.host().id();
  }

  public static String volumeId(VmDisk disk) {
    return disk.vmVolume() == null ? "" : disk.vmVolume().id();
  }

  public static String imageId(VmDisk disk) {
    return disk.elfImage() == null ? "" : disk.elfImage().id();
  }

  public static String vlanId(VmNic nic) {
    return nic.vlan() == null ? "" : nic.vlan().id();
  }

  public ContentLibraryVmTemplate template() {
    return new ContentLibraryVmTemplateApi(client)
        .getContentLibraryVmTemplates(ContentLibraryVmTemplate.CLOUD_INIT_SUPPORTED.isTrue())
        .getFirst();
  }

  public ElfImage image() {
    return new ElfImageApi(client)
        .getElfImages(ElfImage.CLUSTER.has(Cluster.ID.is(clusterId())))
        .getFirst();
  }

  public Vm vm(String id) {
    return new VmApi(client).getVms(Vm.ID.is(id)).getFirst();
  }

  /// By boot order.
  public List<VmDisk> disks(Vm vm) {
    return new VmDiskApi(client)
        .getVmDisks(
            q -> q.where(VmDisk.VM.has(Vm.ID.is(vm.id()))).orderBy(VmDisk.BOOT.ascending()));
  }

  /// By number.
  public List<VmNic> nics(Vm vm) {
    return new VmNicApi(client)
        .getVmNics(q -> q.where(VmNic.VM.has(Vm.ID.is(vm.id()))).orderBy(VmNic.ORDER.ascending()));
  }

  public VmVolume volume(String id) {
    return new VmVolumeApi(client).getVmVolumes(VmVolume.ID.is(id)).getFirst();
  }

  /// A new stopped VM without an operating system and without disks.
  public Vm blankVm() {
    return blankVm(512L << 20);
  }

  /// One that no host has the memory for.
  public Vm hugeVm() {
    return blankVm(64L << 40);
  }

  private Vm blankVm(long memoryBytes) {
    return new VmApi(client)
        .createVm(
            VmCreationParams.builder()
                .clusterId(clusterId())
                .name(name("vm"))
                .ha(true)
                .cpuSockets(1)
                .cpuCores(1)
                .memory(memoryBytes)
                .status(VmStatus.STOPPED)
                .firmware(VmFirmware.BIOS)
                .vmNics(VmNicParams.builder().connectVlanId(vlans().getFirst().id()).build())
                .vmDisks(VmDiskParams.builder().build())
                .build())
        .await(PATIENCE)
        .getFirst();
  }

  /// A new VM whose operating system reacts.
  public Vm guest(VmStatus status) {
    return guests(1, status).getFirst();
  }

  public List<Vm> guests(int count, VmStatus status) {
    var params = IntStream.range(0, count).mapToObj(_ -> guestParams(status)).toList();
    return new VmApi(client).createVmFromContentLibraryTemplate(params).await(PATIENCE);
  }

  private VmCreateVmFromContentLibraryTemplateParams guestParams(VmStatus status) {
    return VmCreateVmFromContentLibraryTemplateParams.builder()
        .templateId(template().id())
        .clusterId(clusterId())
        .name(name("guest"))
        .memory(512L << 20)
        .isFullCopy(false)
        .status(status)
        .build();
  }

  /// A new volume that no VM has.
  public VmVolume volume() {
    return new VmVolumeApi(client)
        .createVmVolume(
            VmVolumeCreationParams.builder()
                .clusterId(clusterId())
                .name(name("volume"))
                .size(1L << 30)
                .elfStoragePolicy(VmVolumeElfStoragePolicyType.REPLICA_2_THIN_PROVISION)
                .sharing(false)
                .build())
        .await(PATIENCE)
        .getFirst();
  }
}
