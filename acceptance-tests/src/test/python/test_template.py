"""操作示例 › 从模版创建虚拟机"""

from cloudtower.api import ClusterApi, ContentLibraryVmTemplateApi
from cloudtower.models import Bus, VmNicModel, VmStatus, VmToolsStatus, VmVolumeElfStoragePolicyType

from tower import GIB, UUID, TowerTest, a_name


class FromTemplate(TowerTest):
    """从模版创建虚拟机"""

    def create_vm_from_template(self, **changes):
        """Finds the cluster and the template by name, as the guide does, and makes a VM."""
        cluster = ClusterApi(self.client).get_clusters({"where": {"name": self.cluster.name}})
        template = ContentLibraryVmTemplateApi(self.client).get_content_library_vm_templates(
            {"where": {"name": self.template().name}}
        )
        with_task_vms = self.vm_api.create_vm_from_content_library_template(
            [
                dict(
                    template_id=template[0].id,
                    cluster_id=cluster[0].id,
                    name=a_name(),
                    is_full_copy=False,
                    **changes
                )
            ]
        )
        vm_ids = self.done(with_task_vms)
        self.assert_succeeded(with_task_vms[0], vm_ids[0], "Create a VM")
        return template[0], self.vm(vm_ids[0])

    def test_ids_only(self):
        """仅指定 id"""
        template, vm = self.create_vm_from_template()
        self.assertEqual(VmStatus.STOPPED, vm.status)
        self.assertRegex(vm.local_id, UUID)
        self.assertEqual(self.cluster.id, vm.cluster.id)
        self.assertIsNotNone(vm.host)
        self.assertEqual(
            (template.vcpu, template.memory, template.firmware, template.ha),
            (vm.vcpu, vm.memory, vm.firmware, vm.ha),
        )
        self.assertEqual(VmToolsStatus.NOT_RUNNING, vm.vm_tools_status)
        disks = self.disks(vm.id)
        self.assertEqual(len(template.vm_disks), len(disks))
        volume = self.volume(disks[0].vm_volume.id)
        self.assertEqual(template.vm_disks[0].size, volume.size)
        self.assertTrue(volume.mounting)
        self.assertEqual(len(template.vm_nics), len(self.nics(vm.id)))

    def test_disks(self):
        """配置与模板不同的虚拟盘参数"""
        volume_id = self.a_volume()
        name = a_name("new")
        disk_operate = {
            "remove_disks": {"disk_index": [0]},
            "new_disks": {
                # An empty id is as good as none: the drive stays empty.
                "mount_cd_roms": [{"boot": 2, "content_library_image_id": ""}],
                "mount_disks": [{"boot": 3, "bus": Bus.VIRTIO, "vm_volume_id": volume_id}],
                "mount_new_create_disks": [
                    {
                        "boot": 4,
                        "bus": Bus.VIRTIO,
                        "vm_volume": {
                            "name": name,
                            "size": 10 * GIB,
                            "elf_storage_policy": VmVolumeElfStoragePolicyType._2_THIN_PROVISION,
                        },
                    }
                ],
            },
        }
        template, vm = self.create_vm_from_template(disk_operate=disk_operate)
        disks = self.disks(vm.id)
        self.assertEqual(len(template.vm_disks) - 1 + 3, len(disks))
        cd_rom, mounted, new = disks[-3:]
        self.assertEqual(("CD_ROM", 2, None), (cd_rom.type, cd_rom.boot, cd_rom.elf_image))
        self.assertEqual(("DISK", 3, volume_id), (mounted.type, mounted.boot, mounted.vm_volume.id))
        self.assertTrue(self.volume(volume_id).mounting)
        self.assertEqual(("DISK", 4, name), (new.type, new.boot, new.vm_volume.name))
        volume = self.volume(new.vm_volume.id)
        self.assertEqual(10 * GIB, volume.size)
        self.assertEqual("REPLICA_2_THIN_PROVISION", volume.elf_storage_policy)

    def test_nics(self):
        """配置与模版不同的网卡参数"""
        vlan = self.vlans()[1]
        _, vm = self.create_vm_from_template(
            vm_nics=[{"connect_vlan_id": vlan.id, "enabled": True, "model": VmNicModel.VIRTIO}]
        )
        nics = self.nics(vm.id)
        self.assertEqual([vlan.id], [nic.vlan.id for nic in nics])
        self.assertEqual((True, VmNicModel.VIRTIO), (nics[0].enabled, nics[0].model))
        self.assertRegex(nics[0].mac_address, "^([0-9a-f]{2}:){5}[0-9a-f]{2}$")
