"""场景示例 › 虚拟机备份"""

from cloudtower.api.iscsi_lun_snapshot_api import IscsiLunSnapshotApi
from cloudtower.api.vm_snapshot_api import VmSnapshotApi
from cloudtower.models import ConsistentType, VmStatus, VmToolsStatus

from tower import GIB, TowerTest, a_name, new_disk


class Backup(TowerTest):
    """场景示例"""

    def create_vm_snapshot(self, vm_name, snapshot_name, consistent_type):
        """Takes a snapshot; gives it back with the snapshots of the LUNs below it."""
        vm_snapshot_api = VmSnapshotApi(self.client)
        # get_vms and create_vm_snapshot give lists; the guide takes them for a VM and a snapshot.
        vm = self.vm_api.get_vms({"where": {"name": vm_name}, "first": 1})[0]
        if vm.vm_tools_status != VmToolsStatus.RUNNING:
            consistent_type = ConsistentType.CRASH_CONSISTENT
        snapshots_with_task = vm_snapshot_api.create_vm_snapshot(
            {
                "data": [
                    {"vm_id": vm.id, "name": snapshot_name, "consistent_type": consistent_type}
                ]
            }
        )
        snapshot_id = self.done(snapshots_with_task)[0]
        snapshot = vm_snapshot_api.get_vm_snapshots({"where": {"id": snapshot_id}})[0]
        lun_snapshot_ids = [
            disk.snapshot_local_id for disk in snapshot.vm_disks if disk.type == "DISK"
        ]
        lun_snapshots = IscsiLunSnapshotApi(self.client).get_iscsi_lun_snapshots(
            {"where": {"name_in": lun_snapshot_ids}}
        )
        self.assertEqual(sorted(lun_snapshot_ids), sorted(each.name for each in lun_snapshots))
        return snapshot, lun_snapshots

    def test_stopped_vm(self):
        """虚拟机备份"""
        image = self.image()
        vm_id = self.a_vm(
            vm_disks={
                "mount_cd_roms": [{"boot": 0, "elf_image_id": image.id}],
                "mount_new_create_disks": [
                    new_disk(a_name("volume"), 2 * GIB, boot=1),
                    new_disk(a_name("volume"), 3 * GIB, boot=2),
                ],
            }
        )
        vm, name = self.vm(vm_id), a_name("snapshot")
        snapshot, lun_snapshots = self.create_vm_snapshot(
            vm.name, name, ConsistentType.FILE_SYSTEM_CONSISTENT
        )
        self.assertEqual((name, vm_id), (snapshot.name, snapshot.vm.id))
        self.assertEqual(ConsistentType.CRASH_CONSISTENT, snapshot.consistent_type)
        self.assertEqual((vm.vcpu, vm.memory), (snapshot.vcpu, snapshot.memory))
        self.assertEqual(2, len(lun_snapshots))
        # The guide's comment says "CD-ROM"; the type is spelt CD_ROM.
        self.assertEqual(
            [("CD_ROM", 0), ("DISK", 2 * GIB), ("DISK", 3 * GIB)],
            [
                (disk.type, disk.size if disk.type == "DISK" else 0)
                for disk in sorted(snapshot.vm_disks, key=lambda disk: disk.boot)
            ],
        )
        self.assertEqual(1, len(snapshot.vm_nics))
        self.assertEqual([snapshot.id], [each.id for each in self.vm(vm_id).snapshots])

    def test_running_guest(self):
        """虚拟机备份: 文件系统一致性快照"""
        vm = self.vm(self.a_guest())
        self.assertEqual(VmToolsStatus.RUNNING, vm.vm_tools_status)
        snapshot, lun_snapshots = self.create_vm_snapshot(
            vm.name, a_name("snapshot"), ConsistentType.FILE_SYSTEM_CONSISTENT
        )
        self.assertEqual(ConsistentType.FILE_SYSTEM_CONSISTENT, snapshot.consistent_type)
        self.assertEqual(len(self.disks(vm.id, type="DISK")), len(lun_snapshots))
        self.assertEqual(VmStatus.RUNNING, self.vm(vm.id).status)

    def test_delete(self):
        """虚拟机备份: 删除快照"""
        vm_id = self.a_vm(vm_disks={"mount_new_create_disks": [new_disk(a_name(), GIB)]})
        snapshot, lun_snapshots = self.create_vm_snapshot(
            self.vm(vm_id).name, a_name("snapshot"), ConsistentType.CRASH_CONSISTENT
        )
        where = {"where": {"id": snapshot.id}}
        self.assertEqual(
            [snapshot.id], self.done(VmSnapshotApi(self.client).delete_vm_snapshot(where))
        )
        self.assertEqual([], VmSnapshotApi(self.client).get_vm_snapshots(where))
        self.assertEqual(
            [],
            IscsiLunSnapshotApi(self.client).get_iscsi_lun_snapshots(
                {"where": {"id_in": [each.id for each in lun_snapshots]}}
            ),
        )
        self.assertEqual([], self.vm(vm_id).snapshots)
