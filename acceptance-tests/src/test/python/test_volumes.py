"""Volumes, their snapshots and the disks that they are. The guide shows only some of these."""

from cloudtower import Bus, VmVolumeApi, VmVolumeSnapshotApi

from tower import GIB, TowerTest, a_name, new_disk


class Volumes(TowerTest):
    """虚拟卷"""

    def setUp(self):
        self.volume_api = VmVolumeApi(self.client)
        self.snapshot_api = VmVolumeSnapshotApi(self.client)

    def snapshot(self, volume_id):
        return self.done(
            self.snapshot_api.create_vm_volume_snapshot(
                [{"volume_id": volume_id, "name": a_name("snapshot"), "description": "made by a test"}]
            )
        )[0]

    def grow(self, volume_id, size):
        self.done(
            self.volume_api.update_vm_volume(
                {"where": {"id": volume_id}, "data": {"size": size, "description": "grown"}}
            )
        )

    def test_snapshots(self):
        """虚拟卷: 编辑, 快照, 回滚, 重建, 删除"""
        volume_id = self.a_volume()
        snapshot_id = self.snapshot(volume_id)
        self.grow(volume_id, 2 * GIB)
        grown = self.volume(volume_id)
        self.assertEqual((2 * GIB, "grown"), (grown.size, grown.description))
        self.done(self.volume_api.rollback_vm_volume([{"volume_snapshot_id": snapshot_id}]))
        self.assertEqual(GIB, self.volume(volume_id).size)
        rebuilt_id = self.done(
            self.volume_api.rebuild_vm_volume(
                [{"volume_snapshot_id": snapshot_id, "name": a_name(), "description": ""}]
            )
        )[0]
        self.assertEqual(GIB, self.volume(rebuilt_id).size)
        self.done(self.snapshot_api.delete_vm_volume_snapshot({"where": {"id": snapshot_id}}))
        self.done(
            self.volume_api.delete_vm_volume_from_vm(
                {"where": {"id_in": [volume_id, rebuilt_id]}, "effect": {"include_snapshots": True}}
            )
        )
        self.assertEqual(
            [], self.volume_api.get_vm_volumes({"where": {"id_in": [volume_id, rebuilt_id]}})
        )

    def test_clone(self):
        """虚拟卷: 克隆"""
        volume_id, name = self.a_volume(), a_name("clone")
        clone_id = self.done(
            self.volume_api.clone_vm_volume([{"where": {"id": volume_id}, "data": {"name": name}}])
        )[0]
        self.assertEqual((name, GIB), (self.volume(clone_id).name, self.volume(clone_id).size))

    def test_expand_disk(self):
        """虚拟盘: 扩容"""
        vm_id = self.a_vm(vm_disks={"mount_new_create_disks": [new_disk(a_name(), GIB)]})
        disk = self.disks(vm_id)[0]
        self.assertEqual(
            [vm_id],
            self.done(
                self.vm_api.expand_vm_disk({"where": {"id": disk.id}, "size": 3 * GIB})
            ),
        )
        self.assertEqual(3 * GIB, self.volume(disk.vm_volume.id).size)

    def test_cd_rom(self):
        """光驱: 禁用, 弹出"""
        vm_id = self.a_vm(
            vm_disks={"mount_cd_roms": [{"boot": 0, "elf_image_id": self.image().id}]}
        )
        where = {"id": self.disks(vm_id)[0].id}
        self.done(self.vm_api.toggle_vm_cd_rom_disable({"where": where, "disabled": True}))
        self.assertTrue(self.disks(vm_id)[0].disabled)
        self.done(self.vm_api.eject_iso_from_vm_cd_rom({"where": where}))
        self.assertIsNone(self.disks(vm_id)[0].elf_image)

    def test_update_disk(self):
        """虚拟盘: 编辑总线, 卸载"""
        vm_id = self.a_vm(vm_disks={"mount_new_create_disks": [new_disk(a_name(), GIB)]})
        where, disk_id = {"id": vm_id}, self.disks(vm_id)[0].id
        self.done(
            self.vm_api.update_vm_disk(
                {"where": where, "data": {"vm_disk_id": disk_id, "bus": Bus.SCSI}}
            )
        )
        self.assertEqual(Bus.SCSI, self.disks(vm_id)[0].bus)
        self.done(self.vm_api.remove_vm_disk({"where": where, "data": {"disk_ids": [disk_id]}}))
        self.assertEqual([], self.disks(vm_id))
