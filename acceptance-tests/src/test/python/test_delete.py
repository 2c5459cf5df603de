"""操作示例 › 删除虚拟机"""

from cloudtower import VmStatus, VmVolumeApi

from tower import GIB, TowerTest, a_name, new_disk


class RecycleBin(TowerTest):
    """删除虚拟机 › 回收站"""

    def test_move(self):
        """移入回收站"""
        ids, names = self.two_vms()
        with_task_delete_vms = self.vm_api.move_vm_to_recycle_bin({"where": {"id_in": ids}})
        # The guide reads the ids from with_task_vms, a name that it has not defined.
        self.assertEqual(
            sorted(ids), sorted(each.data.id for each in with_task_delete_vms)
        )
        self.done(with_task_delete_vms)
        for vm, name in zip(self.vms(ids), names):
            self.assertTrue(vm.in_recycle_bin)
            self.assertEqual(VmStatus.STOPPED, vm.status)
            self.assertIsNotNone(vm.deleted_at)
            self.assertEqual(name, vm.original_name)
            self.assertNotEqual(name, vm.name)

    def test_recover(self):
        """从回收站恢复"""
        ids, names = self.two_vms()
        self.done(self.vm_api.move_vm_to_recycle_bin({"where": {"id_in": ids}}))
        self.done(self.vm_api.recover_vm_from_recycle_bin({"where": {"id_in": ids}}))
        recovered_vms = self.vms(ids)
        self.assertEqual(names, [vm.name for vm in recovered_vms])
        self.assertEqual([False, False], [vm.in_recycle_bin for vm in recovered_vms])
        self.assertEqual([None, None], [vm.deleted_at for vm in recovered_vms])

    def two_vms(self):
        """One that is stopped and one that runs."""
        ids = [self.a_vm(), self.a_guest()]
        return ids, [vm.name for vm in self.vms(ids)]


class Delete(TowerTest):
    """删除虚拟机"""

    def test_delete(self):
        """永久删除"""
        vm_id = self.a_vm(vm_disks={"mount_new_create_disks": [new_disk(a_name(), GIB)]})
        volume_id = self.disks(vm_id)[0].vm_volume.id
        ids = [vm_id, self.a_guest()]
        self.done(self.vm_api.delete_vm({"where": {"id_in": ids}}))
        self.assertEqual([], self.vm_api.get_vms({"where": {"id_in": ids}}))
        self.assertEqual([], self.disks(vm_id))
        self.assertEqual(0, self.volumes_with(volume_id))

    def test_delete_again(self):
        """永久删除: 已删除"""
        vm_id = self.a_vm()
        self.done(self.vm_api.delete_vm({"where": {"id": vm_id}}))
        self.assertEqual([], self.vm_api.delete_vm({"where": {"id": vm_id}}))

    def volumes_with(self, volume_id):
        where = {"where": {"id": volume_id}}
        return VmVolumeApi(self.client).get_vm_volumes_connection(where).aggregate.count
