package io.belfry.operations.iscsi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.hypervisor.SnapshotId;
import io.belfry.hypervisor.StoragePolicy;
import io.belfry.hypervisor.VolumeId;
import io.belfry.hypervisor.VolumeSeen;
import io.belfry.hypervisor.simulator.faults.FaultRule;
import io.belfry.hypervisor.simulator.faults.Frequency;
import io.belfry.hypervisor.simulator.faults.Refusal;
import io.belfry.hypervisor.simulator.faults.Target;
import io.belfry.hypervisor.simulator.faults.Trouble;
import io.belfry.operations.Site;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IscsiOperationsTest {
  private static final long GIB = 1L << 30;

  private final Site site = new Site();

  @AfterEach
  void close() {
    site.close();
  }

  // Targets

  @Test
  void createsATargetThatIsOpenToAll() throws InterruptedException {
    var target = object("IscsiTarget", target("open", ""));

    assertThat(target.path("iqn_name").asText()).isEqualTo("iqn.2016-02.com.smartx:system:open");
    assertThat(target.path("ip_whitelist").asText()).isEqualTo("*/*");
    assertThat(target.path("iqn_whitelist").asText()).isEqualTo("*/*");
    assertThat(target.path("internal").booleanValue()).isFalse();
    assertThat(target.path("external_use").booleanValue()).isTrue();
    assertThat(target.path("chap_enabled").booleanValue()).isFalse();
    assertThat(target.path("stripe_size").longValue()).isEqualTo(256 << 10);
    assertThat(target.path("resiliency_type").asText()).isEqualTo("REPLICA");
    assertThat(target.path("iscsi_luns_num").intValue()).isZero();
  }

  @Test
  void createsATargetWithLimitsAndSecrets() throws InterruptedException {
    var target =
        object(
            "IscsiTarget",
            target(
                "guarded",
                """
                , 'chap_enabled': true, 'chap_name': 'me', 'chap_secret': 'hush hush hush',
                'initiator_chaps': [
                  {'chap_name': 'you', 'chap_secret': 'hush', 'initiator_iqn': 'iqn.x'}],
                'ip_whitelist': '10.0.0.0/8', 'description': 'mine', 'iops': 100,
                'bps_rd_max': 2, 'bps_rd_max_unit': 'MBps', 'bps_rd_max_length': 10
                """));

    assertThat(target.path("chap_name").asText()).isEqualTo("me");
    assertThat(target.at("/initiator_chaps/0/initiator_iqn").asText()).isEqualTo("iqn.x");
    assertThat(target.path("ip_whitelist").asText()).isEqualTo("10.0.0.0/8");
    assertThat(target.path("description").asText()).isEqualTo("mine");
    assertThat(target.path("iops").longValue()).isEqualTo(100);
    assertThat(target.path("bps_rd_max").longValue()).isEqualTo(2 << 20);
    assertThat(target.path("bps_rd_max_length").longValue()).isEqualTo(10);
    assertThat(target.path("bps").isNull()).isTrue();
  }

  @Test
  void refusesChapWithoutASecret() {
    assertThatThrownBy(() -> target("guarded", ", 'chap_enabled': true, 'chap_name': 'me'"))
        .hasMessage("body[0].chap_enabled needs chap_name and chap_secret");
    assertThat(site.list("IscsiTarget", "{'where': {'name': 'guarded'}}")).isEmpty();
  }

  @Test
  void refusesANameThatATargetOfTheClusterHas() throws InterruptedException {
    target("same", "");

    assertThatThrownBy(() -> target("same", ""))
        .hasMessageMatching("body\\[0\\]\\.name: cluster \\S+ has a target same already");
  }

  @Test
  void refusesWhatItCannotKeep() {
    assertThatThrownBy(() -> target("secret", ", 'encrypt_method': 'AES256_CTR'"))
        .hasMessage("body[0].encrypt_method is not built yet");
    assertThatThrownBy(() -> target("coded", ", 'resiliency_type': 'EC', 'ec_k': 4, 'ec_m': 0.5"))
        .hasMessage(
            "body[0].ec_m must be a whole number from 1 on where resiliency_type is EC, not 0.5");
  }

  @Test
  void changesATarget() throws InterruptedException {
    var id = target("plain", ", 'iops': 100, 'description': 'old'");

    var answer =
        site.call(
            "update-iscsi-target",
            "{'where': {'id': '%s'}, 'data': {'description': 'new', 'iops_rd': 5}}".formatted(id));

    assertThat(site.task(answer.path(0)).description().enUs()).isEqualTo("Edit iSCSI target plain");
    var target = object("IscsiTarget", id);
    assertThat(target.path("description").asText()).isEqualTo("new");
    assertThat(target.path("iops").longValue()).isEqualTo(100);
    assertThat(target.path("iops_rd").longValue()).isEqualTo(5);
  }

  @Test
  void refusesToChangeTheTargetThatHoldsVolumes() {
    var internal = "{'where': {'internal': true}, 'first': 1}";
    var name = site.list("IscsiTarget", internal).getFirst().path("name").asText();

    assertThatThrownBy(() -> site.call("delete-iscsi-target", "{'where': {'internal': true}}"))
        .hasMessage(
            "Target %s holds the volumes of VMs, which other operations change".formatted(name));
  }

  @Test
  void deletesATargetOnceItIsEmpty() throws InterruptedException {
    var target = target("full", "");
    var lun = lun(target, "only");
    var snapshot = snapshot(target, lun, "kept");

    assertThatThrownBy(() -> site.call("delete-iscsi-target", where(target)))
        .hasMessage("Target full has LUN only");
    site.done("delete-iscsi-lun", where(lun));
    assertThatThrownBy(() -> site.call("delete-iscsi-target", where(target)))
        .hasMessage("Target full has snapshot kept");
    site.done("delete-iscsi-lun-snapshot", where(snapshot));
    site.call("delete-iscsi-target", where(target));

    assertThat(site.list("IscsiTarget", where(target))).isEmpty();
  }

  // LUNs

  @Test
  void createsALunOfTheClustersStorage() throws InterruptedException {
    var target = target("t", ", 'resiliency_type': 'EC', 'ec_k': 4, 'ec_m': 2");

    var lun = object("IscsiLun", lun(target, "first"));

    assertThat(lun.path("lun_id").intValue()).isEqualTo(1);
    assertThat(lun.path("assigned_size").longValue()).isEqualTo(GIB);
    assertThat(lun.path("entityAsyncStatus").isNull()).isTrue();
    assertThat(lun.path("allowed_initiators").asText()).isEqualTo("*/*");
    assertThat(lun.path("iops").longValue()).isZero();
    assertThat(lun.path("local_id").asText())
        .isEqualTo(object("IscsiTarget", target).path("local_id").asText() + "/1");
    assertThat(seen(lun).definition().sizeBytes()).isEqualTo(GIB);
    assertThat(seen(lun).definition().policy())
        .isEqualTo(new StoragePolicy(new StoragePolicy.ErasureCoded(4, 2), true));
    assertThat(object("IscsiTarget", target).path("iscsi_luns_num").intValue()).isEqualTo(1);
  }

  @Test
  void numbersLunsFromTheHighestOn() throws InterruptedException {
    var target = target("t", "");
    lun(target, "far", ", 'lun_id': 7");

    var next = object("IscsiLun", lun(target, "next"));

    assertThat(next.path("lun_id").intValue()).isEqualTo(8);
    assertThatThrownBy(() -> lun(target, "again", ", 'lun_id': 7"))
        .hasMessage("body[0].lun_id: 7 is that of LUN far already");
  }

  @Test
  void leavesNothingOfALunThatCannotBeCreated() throws InterruptedException {
    var target = target("t", "");
    refuse("createVolume");

    var task = site.failed("create-iscsi-lun", lunBody(target, "never", ""));

    assertThat(task.errorMessage()).contains("HYPERVISOR_BROKEN");
    assertThat(site.list("IscsiLun", "{'where': {'name': 'never'}}")).isEmpty();
  }

  @Test
  void growsRenamesAndLimitsALun() throws InterruptedException {
    var id = lun(target("t", ""), "small");

    site.done(
        "update-iscsi-lun",
        """
        {'where': {'id': '%s'}, 'data': {'name': 'big', 'assigned_size': 2,
         'assigned_size_unit': 'GB', 'iops_wr': 9, 'allowed_initiators': 'iqn.x'}}
        """
            .formatted(id));

    var lun = object("IscsiLun", id);
    assertThat(lun.path("name").asText()).isEqualTo("big");
    assertThat(lun.path("assigned_size").longValue()).isEqualTo(2 * GIB);
    assertThat(lun.path("iops_wr").longValue()).isEqualTo(9);
    assertThat(lun.path("allowed_initiators").asText()).isEqualTo("iqn.x");
    assertThat(lun.path("entityAsyncStatus").isNull()).isTrue();
    assertThat(seen(lun).definition().sizeBytes()).isEqualTo(2 * GIB);
    assertThatThrownBy(() ->
            site.call(
                "update-iscsi-lun",
                "{'where': {'id': '%s'}, 'data': {'assigned_size': %s}}".formatted(id, GIB)))
        .hasMessage(
            "body.data.assigned_size is %s bytes: LUN big has %s already, and can only grow"
                .formatted(GIB, 2 * GIB));
  }

  @Test
  void changesNothingOfALunThatCannotGrow() throws InterruptedException {
    var id = lun(target("t", ""), "small");
    refuse("resizeVolume");

    site.failed(
        "update-iscsi-lun",
        "{'where': {'id': '%s'}, 'data': {'name': 'big', 'iops': 1, 'assigned_size': %s}}"
            .formatted(id, 2 * GIB));

    var lun = object("IscsiLun", id);
    assertThat(lun.path("name").asText()).isEqualTo("small");
    assertThat(lun.path("iops").longValue()).isZero();
    assertThat(lun.path("assigned_size").longValue()).isEqualTo(GIB);
    assertThat(lun.path("entityAsyncStatus").isNull()).isTrue();
  }

  @Test
  void refusesToChangeALunThatHoldsAVolume() {
    var lun = site.first("IscsiLun", "{'iscsi_target': {'internal': true}}").path("id").asText();

    for (var change : new String[] {"delete-iscsi-lun", "update-iscsi-lun"}) {
      assertThatThrownBy(() ->
              site.call(
                  change,
                  "{'where': {'id': '%s'}, 'data': {%s}}"
                      .formatted(
                          lun, change.startsWith("delete") ? "'remove_snapshot': false" : "")))
          .hasMessageContaining("holds the volumes of VMs");
    }
  }

  @Test
  void copiesALunIntoAnotherTarget() throws InterruptedException {
    var source = lun(target("from", ""), "source");
    var to = target("to", "");

    var copy =
        object(
            "IscsiLun",
            site.done(
                    "copy-iscsi-lun",
                    """
                    [{'src_lun_id': '%s', 'name': 'copy', 'dest_iscsi_target_id': '%s'}]
                    """
                        .formatted(source, to))
                .getFirst());

    assertThat(copy.at("/iscsi_target/name").asText()).isEqualTo("to");
    assertThat(copy.path("assigned_size").longValue()).isEqualTo(GIB);
    assertThat(seen(copy).definition().sizeBytes()).isEqualTo(GIB);
    assertThat(object("IscsiLun", source).path("entityAsyncStatus").isNull()).isTrue();
  }

  @Test
  void refusesToCopyIntoAnotherCluster() throws InterruptedException {
    var source = lun(target("here", ""), "source");
    var other = targetIn(cluster("{'type': 'SMTX_ZBS'}"), "there", "");

    assertThatThrownBy(() ->
            site.call(
                "copy-iscsi-lun",
                "[{'src_lun_id': '%s', 'name': 'copy', 'dest_iscsi_target_id': '%s'}]"
                    .formatted(source, other)))
        .hasMessage("body[0].dest_iscsi_target_id: target there is in another cluster than here");
  }

  @Test
  void deletesALunWithItsSnapshots() throws InterruptedException {
    var target = target("t", "");
    var lun = lun(target, "gone");
    var volume = volume(object("IscsiLun", lun));
    var snapshot = object("IscsiLunSnapshot", snapshot(target, lun, "gone, too"));

    site.done(
        "delete-iscsi-lun",
        "{'where': {'id': '%s'}, 'data': {'remove_snapshot': true}}".formatted(lun));

    assertThat(site.list("IscsiLun", where(lun))).isEmpty();
    assertThat(site.list("IscsiLunSnapshot", where(snapshot.path("id").asText()))).isEmpty();
    assertThat(site.simulator().observeVolume(volume)).isEmpty();
    assertThat(site.simulator().observeSnapshot(id(snapshot))).isEmpty();
  }

  @Test
  void forgetsOnlyWhatIsGoneWhenALunCannotBeDeleted() throws InterruptedException {
    var target = target("t", "");
    var lun = lun(target, "stays");
    var snapshot = snapshot(target, lun, "goes");
    refuse("deleteVolume");

    site.failed(
        "delete-iscsi-lun",
        "{'where': {'id': '%s'}, 'data': {'remove_snapshot': true}}".formatted(lun));

    assertThat(object("IscsiLun", lun).path("entityAsyncStatus").isNull()).isTrue();
    assertThat(site.list("IscsiLunSnapshot", where(snapshot))).isEmpty();
  }

  // Snapshots

  @Test
  void rollsALunBack() throws InterruptedException {
    var target = target("t", "");
    var lun = lun(target, "lun");
    var snapshot = snapshot(target, lun, "before");
    site.done(
        "update-iscsi-lun",
        "{'where': {'id': '%s'}, 'data': {'assigned_size': %s}}".formatted(lun, 2 * GIB));

    site.done(
        "rollback-iscsi-lun-from-snapshot",
        "[{'lun_id': '%s', 'snapshot_id': '%s'}]".formatted(lun, snapshot));

    assertThat(object("IscsiLun", lun).path("assigned_size").longValue()).isEqualTo(GIB);
    assertThat(object("IscsiLun", lun).path("snapshot_num").intValue()).isEqualTo(1);
    assertThat(object("IscsiLunSnapshot", snapshot).path("entityAsyncStatus").isNull()).isTrue();
  }

  @Test
  void refusesToRollBackToASnapshotOfAnotherLun() throws InterruptedException {
    var target = target("t", "");
    var snapshot = snapshot(target, lun(target, "one"), "of one");
    var other = lun(target, "other");

    assertThatThrownBy(() ->
            site.call(
                "rollback-iscsi-lun-from-snapshot",
                "[{'lun_id': '%s', 'snapshot_id': '%s'}]".formatted(other, snapshot)))
        .hasMessage("body[0].snapshot_id: snapshot of one is not one of LUN other");
  }

  @Test
  void clonesALunFromASnapshotWhoseLunIsGone() throws InterruptedException {
    var target = target("t", "");
    var lun = lun(target, "gone");
    var snapshot = snapshot(target, lun, "kept");
    site.done("delete-iscsi-lun", where(lun));

    var clone =
        object(
            "IscsiLun",
            site.done(
                    "clone-iscsi-lun-from-snapshot",
                    "[{'iscsi_target_id': '%s', 'snapshot_id': '%s'}]".formatted(target, snapshot))
                .getFirst());

    assertThat(clone.path("name").asText()).isEqualTo("kept");
    assertThat(clone.path("assigned_size").longValue()).isEqualTo(GIB);
    assertThat(seen(clone).definition().sizeBytes()).isEqualTo(GIB);
  }

  @Test
  void backsUpTheDiskOfARunningVm() throws InterruptedException {
    var vm = site.vm("'status': 'RUNNING', 'vm_disks_some': {'type': 'DISK'}");
    var disk =
        site.first(
            "VmDisk", "{'vm': {'id': '%s'}, 'type': 'DISK'}".formatted(vm.path("id").asText()));
    var volume = object("VmVolume", disk.at("/vm_volume/id").asText());
    var lun = object("IscsiLun", volume.at("/lun/id").asText());
    var target = target("backup", "");

    var snapshot =
        snapshot(lun.at("/iscsi_target/id").asText(), lun.path("id").asText(), "tonight");
    var clone =
        object(
            "IscsiLun",
            site.done(
                    "clone-iscsi-lun-from-snapshot",
                    "[{'iscsi_target_id': '%s', 'snapshot_id': '%s', 'name': 'mounted'}]"
                        .formatted(target, snapshot))
                .getFirst());

    assertThat(clone.path("assigned_size").longValue()).isEqualTo(volume.path("size").longValue());
    var original = new VolumeId(volume.path("local_id").asText());
    var used = site.simulator().observeVolume(original).orElseThrow().usedBytes();
    assertThat(seen(clone).usedBytes()).isEqualTo(used).isPositive();
    site.done("delete-iscsi-lun-snapshot", where(snapshot));
  }

  @Test
  void refusesToDeleteWhatAVmSnapshotNeeds() throws InterruptedException {
    var vm = site.vm("'vm_disks_some': {'type': 'DISK'}").path("id").asText();
    site.done("create-vm-snapshot", "{'data': [{'vm_id': '%s', 'name': 'whole'}]}".formatted(vm));
    var frozen = site.first("VmSnapshot", "{'name': 'whole'}").path("vm_disks");
    var name =
        frozen.findValuesAsText("snapshot_local_id").stream()
            .filter(one -> !one.isEmpty())
            .findFirst()
            .orElseThrow();

    assertThatThrownBy(() ->
            site.call("delete-iscsi-lun-snapshot", "{'where': {'name': '%s'}}".formatted(name)))
        .hasMessage(
            "Snapshot %s holds a disk of VM snapshot whole; delete that instead".formatted(name));
  }

  @Test
  void refusesATargetThatIsNotTheLuns() throws InterruptedException {
    var lun = lun(target("one", ""), "lun");
    var other = target("other", "");

    assertThatThrownBy(() -> snapshot(other, lun, "wrong"))
        .hasMessageStartingWith("body[0].iscsi_target_id: LUN lun is of target ");
  }

  @Test
  void changesALunByOneTaskAtATime() throws InterruptedException {
    try (var waiting = Site.withWaitingTasks()) {
      var cluster = waiting.first("Cluster", "{'hypervisor': 'ELF'}").path("id").asText();
      var target =
          waiting
              .call("create-iscsi-target", targetBody(cluster, "t", ""))
              .at("/0/data/id")
              .asText();
      var lun =
          waiting.call("create-iscsi-lun", lunBody(target, "lun", "")).at("/0/data/id").asText();

      assertThatThrownBy(() -> waiting.call("delete-iscsi-lun", where(lun)))
          .hasMessage("Resource [ISCSI_LUN-%s] locked".formatted(lun));
    }
  }

  private String target(String name, String more) throws InterruptedException {
    return targetIn(cluster("{'hypervisor': 'ELF'}"), name, more);
  }

  private String targetIn(String cluster, String name, String more) {
    return site.call("create-iscsi-target", targetBody(cluster, name, more))
        .at("/0/data/id")
        .asText();
  }

  private static String targetBody(String cluster, String name, String more) {
    return """
    [{'cluster_id': '%s', 'name': '%s', 'replica_num': 2, 'thin_provision': true,
      'stripe_num': 4, 'stripe_size': 256, 'stripe_size_unit': 'KB'%s}]
    """
        .formatted(cluster, name, more);
  }

  private String cluster(String where) {
    return site.first("Cluster", where).path("id").asText();
  }

  private String lun(String target, String name) throws InterruptedException {
    return lun(target, name, "");
  }

  private String lun(String target, String name, String more) throws InterruptedException {
    return site.done("create-iscsi-lun", lunBody(target, name, more)).getFirst();
  }

  private static String lunBody(String target, String name, String more) {
    return """
    [{'iscsi_target_id': '%s', 'name': '%s', 'replica_num': 2, 'assigned_size': 1,
      'assigned_size_unit': 'GB'%s}]
    """
        .formatted(target, name, more);
  }

  private String snapshot(String target, String lun, String name) throws InterruptedException {
    return site.done(
            "create-iscsi-lun-snapshot",
            "[{'iscsi_target_id': '%s', 'iscsi_lun_id': '%s', 'name': '%s'}]"
                .formatted(target, lun, name))
        .getFirst();
  }

  private JsonNode object(String entity, String id) {
    return site.first(entity, "{'id': '%s'}".formatted(id));
  }

  private VolumeSeen seen(JsonNode lun) throws InterruptedException {
    return site.simulator().observeVolume(volume(lun)).orElseThrow();
  }

  private static VolumeId volume(JsonNode lun) {
    return new VolumeId(lun.path("zbs_volume_id").asText());
  }

  private static SnapshotId id(JsonNode snapshot) {
    return new SnapshotId(snapshot.path("local_id").asText());
  }

  private void refuse(String call) {
    site.hold(
        new FaultRule(
            call, Target.ofCalls(call), Frequency.ALWAYS, new Trouble.Refuse(Refusal.BROKEN)));
  }

  private static String where(String id) {
    return "{'where': {'id': '%s'}}".formatted(id);
  }
}
