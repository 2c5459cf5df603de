package io.belfry.datacenter;

import io.belfry.datacenter.ClusterSite.Network;
import io.belfry.datacenter.ClusterSite.Switches;
import io.belfry.datacenter.VmPlan.Policy;
import io.belfry.store.rows.Architecture;
import io.belfry.store.rows.ClusterEdit;
import io.belfry.store.rows.ClusterRow;
import io.belfry.store.rows.ClusterSettingsEdit;
import io.belfry.store.rows.ConnectState;
import io.belfry.store.rows.ElfDataStoreEdit;
import io.belfry.store.rows.ElfDataStoreType;
import io.belfry.store.rows.ElfStoragePolicyEdit;
import io.belfry.store.rows.IscsiTargetEdit;
import io.belfry.store.rows.LicenseType;
import io.belfry.store.rows.NetworkType;
import io.belfry.store.rows.NtpMode;
import io.belfry.store.rows.SoftwareEdition;
import io.belfry.store.rows.VdsEdit;
import io.belfry.store.rows.VlanEdit;
import io.belfry.store.rows.VlanModeType;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes clusters with their settings, storage and networks, as yet without hosts.
final class ClusterRows {
  private static final List<String> CPU_MODELS =
      List.of("cluster_default", "Skylake-Server", "Cascadelake-Server", "Icelake-Server");

  private final Construction construction;

  ClusterRows(Construction construction) {
    this.construction = construction;
  }

  ClusterSite add(ClusterPlan plan, String datacenterId) {
    construction.past().pass(Duration.ofHours(5));
    var id = construction.ids().cuid();
    var localId = construction.ids().uuid();
    addCluster(plan, id, localId);
    construction.rows().link(ClusterRow.TYPE, "datacenters", id, List.of(datacenterId));
    addSettings(id);
    var datastore = addDatastore(id);
    var ovs = "ovsbr-" + construction.ids().uuid().substring(0, 9);
    var switches =
        new Switches(
            addSwitch(id, "vds-ovsbr-mgt", "ovsbr-mgt", NetworkType.MANAGEMENT),
            addSwitch(id, "vds-ovsbr-storage", "ovsbr-storage", NetworkType.STORAGE),
            addSwitch(id, "vds-vm", ovs, NetworkType.VM));
    addSystemNetworks(plan, switches);
    return new ClusterSite(
        plan, id, localId, datastore, switches, addVmNetworks(plan, switches.vm(), ovs));
  }

  private void addCluster(ClusterPlan plan, String id, String localId) {
    var kind = plan.kind();
    var now = construction.now();
    var cluster =
        ClusterEdit.edit()
            .id(id)
            .localId(localId)
            .name(plan.name())
            .type(kind.type())
            .hypervisor(kind.hypervisor())
            .architecture(Architecture.X86_64)
            .version(kind.version())
            .connectState(ConnectState.CONNECTED);
    addresses(cluster, plan);
    cluster
        .autoConverge(true)
        .currentCpuModel("Icelake-Server")
        .recommendedCpuModels(Json.texts("Icelake-Server"))
        .totalCpuModels(Json.texts(CPU_MODELS))
        .softwareEdition(SoftwareEdition.ENTERPRISE)
        .licenseType(LicenseType.SUBSCRIPTION)
        .licenseSerial(construction.ids().uuid())
        .licenseSignDate(construction.past().instant())
        .licenseExpireDate(now.plus(Duration.ofDays(365)))
        .maxChunkNum(255)
        .hasMetrox(false)
        .isAllFlash(false)
        .stretch(false)
        .vhostEnabled(kind == ClusterKind.ELF)
        .rdmaEnabled(false)
        .pmemEnabled(false)
        .nvmfEnabled(false)
        .nvmeOverRdmaEnabled(false)
        .nvmeOverTcpEnabled(false)
        .migrationDataSize(0L)
        .migrationSpeed(0L)
        .recoverDataSize(0L)
        .recoverSpeed(0L)
        .reservedCpuCoresForSystemService(0);
    construction.rows().add(cluster);
  }

  private static void addresses(ClusterEdit cluster, ClusterPlan plan) {
    cluster
        .ip(plan.managementIp(10))
        .managementVip(plan.managementIp(10))
        .iscsiVip(plan.dataIp(10))
        .mgtGateway(plan.managementIp(1))
        .mgtNetmask("255.255.255.0")
        .dns(Json.texts(plan.managementIp(2)))
        .ntpMode(NtpMode.EXTERNAL)
        .ntpServers(Json.texts(plan.managementIp(3)));
  }

  private void addSettings(String clusterId) {
    construction
        .rows()
        .add(
            ClusterSettingsEdit.edit()
                .id(construction.ids().cuid())
                .clusterId(clusterId)
                .defaultHa(true)
                .defaultStoragePolicy(Policy.USUAL.type())
                .defaultStoragePolicyReplicaNum(Policy.USUAL.replicas())
                .defaultStoragePolicyStripeNum(Datastore.STRIPES)
                .defaultStoragePolicyThinProvision(Policy.USUAL.thin())
                .enabledIscsi(true));
  }

  private Datastore addDatastore(String clusterId) {
    var policies = new HashMap<Policy, String>();
    Policy.ALL.forEach(policy -> policies.put(policy, addPolicy(clusterId, policy)));
    var targetId = construction.ids().cuid();
    var name = "zbs-iscsi-datastore-%sd".formatted(construction.past().millis());
    var iqn = "iqn.2016-02.com.smartx:system:" + name;
    addTarget(clusterId, targetId, name, iqn);
    construction
        .rows()
        .add(
            ElfDataStoreEdit.edit()
                .id(construction.ids().cuid())
                .localId(construction.ids().uuid())
                .clusterId(clusterId)
                .name(name)
                .description("")
                .type(ElfDataStoreType.ISCSI)
                .iscsiTargetId(targetId)
                .internal(true)
                .externalUse(false)
                .ipWhitelist("127.0.0.1")
                .replicaNum(Policy.USUAL.replicas())
                .thinProvision(Policy.USUAL.thin()));
    return new Datastore(targetId, iqn, policies);
  }

  /// @return the policy's id on the cluster
  private String addPolicy(String clusterId, Policy policy) {
    var localId = construction.ids().uuid();
    construction
        .rows()
        .add(
            ElfStoragePolicyEdit.edit()
                .id(construction.ids().cuid())
                .localId(localId)
                .clusterId(clusterId)
                .name(policy.type().wire())
                .description("")
                .replicaNum(policy.replicas())
                .thinProvision(policy.thin())
                .stripeNum(Datastore.STRIPES)
                .stripeSize(Datastore.STRIPE_BYTES));
    return localId;
  }

  private void addTarget(String clusterId, String id, String name, String iqn) {
    construction
        .rows()
        .add(
            IscsiTargetEdit.edit()
                .id(id)
                .localId(construction.ids().uuid())
                .clusterId(clusterId)
                .name(name)
                .description("")
                .iqnName(iqn)
                .iqnWhitelist("*/*")
                .ipWhitelist("127.0.0.1")
                .internal(true)
                .externalUse(false)
                .chapEnabled(false)
                .replicaNum(Policy.USUAL.replicas())
                .thinProvision(Policy.USUAL.thin())
                .stripeNum(Datastore.STRIPES)
                .stripeSize(Datastore.STRIPE_BYTES));
  }

  private String addSwitch(String clusterId, String name, String ovs, NetworkType type) {
    var id = construction.ids().cuid();
    construction
        .rows()
        .add(
            VdsEdit.edit()
                .id(id)
                .localId(construction.ids().uuid())
                .clusterId(clusterId)
                .name(name)
                .ovsbrName(ovs)
                .bondMode("active-backup")
                .workMode("single")
                .type(type)
                .internal(type != NetworkType.VM));
    return id;
  }

  private void addSystemNetworks(ClusterPlan plan, Switches switches) {
    addVlan("mgt-network", 0, NetworkType.MANAGEMENT, switches.management(), plan.managementIp(1));
    addVlan("migration-network", 0, NetworkType.MIGRATION, switches.management(), null);
    addVlan("storage-network", 0, NetworkType.STORAGE, switches.storage(), null);
  }

  private List<Network> addVmNetworks(ClusterPlan plan, String vds, String ovs) {
    var first = addVlan("default", 0, NetworkType.VM, vds, null);
    if (plan.kind() == ClusterKind.STORAGE) {
      return List.of(new Network(first.id, first.localId, "default", 0, ovs, plan.subnet(0)));
    }
    var second = addVlan("vlan-100", 100, NetworkType.VM, vds, null);
    var trunk = addTrunk(vds);
    return List.of(
        new Network(first.id, first.localId, "default", 0, ovs, plan.subnet(0)),
        new Network(second.id, second.localId, "vlan-100", 100, ovs, plan.subnet(1)),
        new Network(trunk.id, trunk.localId, "trunk-all", 0, ovs, null));
  }

  /// Both ids of an object.
  private record Ids(String id, String localId) {}

  private Ids addVlan(
      String name, int vlanId, NetworkType type, String vds, @Nullable String gateway) {
    var ids = new Ids(construction.ids().cuid(), construction.ids().uuid());
    construction
        .rows()
        .add(
            vlan(ids, name, type, vds)
                .modeType(VlanModeType.VLAN_ACCESS)
                .vlanId(vlanId)
                .networkIds(Json.texts(String.valueOf(vlanId)))
                .gatewayIp(gateway)
                .gatewaySubnetmask(gateway == null ? null : "255.255.255.0"));
    return ids;
  }

  private Ids addTrunk(String vds) {
    var ids = new Ids(construction.ids().cuid(), construction.ids().uuid());
    construction
        .rows()
        .add(
            vlan(ids, "trunk-all", NetworkType.VM, vds)
                .modeType(VlanModeType.VLAN_TRUNK)
                .vlanId(0)
                .networkIds(Json.texts("0-4095")));
    return ids;
  }

  private static VlanEdit vlan(Ids ids, String name, NetworkType type, String vds) {
    return VlanEdit.edit().id(ids.id).localId(ids.localId).name(name).type(type).vdsId(vds);
  }
}
