"""操作示例 › 编辑虚拟机"""

from cloudtower import Bus, VmNicModel, VmStatus

from tower import GIB, TowerTest, a_name, new_disk


class EditVm(TowerTest):
    """编辑虚拟机"""

    def test_basic_info(self):
        """编辑基本信息"""
        vm_id = self.a_vm()
        new_name = a_name("renamed")
        with_task_vm = self.vm_api.update_vm(
            {
                "where": {"id": vm_id},
                "data": {
                    "name": new_name,
                    "description": "new_description",
                    "ha": False,
                    "vcpu": 2 * 2,
                    "cpu_cores": 2,
                    "cpu_sockets": 2,
                    "memory": 1 * GIB,
                },
            }
        )[0]
        self.done([with_task_vm])
        self.assert_succeeded(with_task_vm, vm_id, "Edit VM")
        updated_vm = self.vm(vm_id)
        self.assertEqual((new_name, "new_description"), (updated_vm.name, updated_vm.description))
        self.assertEqual((False, 1 * GIB), (updated_vm.ha, updated_vm.memory))
        self.assertEqual(4, updated_vm.vcpu)
        self.assertEqual((2, 2), (updated_vm.cpu.cores, updated_vm.cpu.sockets))


class CdRoms(TowerTest):
    """编辑虚拟机 › CD-ROM 编辑"""

    def test_add(self):
        """添加 CD-ROM"""
        vm_id, image = self.a_vm(), self.image()
        with_task_vm = self.vm_api.add_vm_cd_rom(
            {
                "where": {"id": vm_id},
                "data": {"vm_cd_roms": [{"elf_image_id": image.id, "boot": 0, "index": 0}]},
            }
        )[0]
        self.done([with_task_vm])
        self.assert_succeeded(with_task_vm, vm_id, "Edit VM")
        cd_roms = self.disks(vm_id, type="CD_ROM")
        self.assertEqual([image.id], [cd_rom.elf_image.id for cd_rom in cd_roms])
        self.assertEqual([cd_roms[0].id], [disk.id for disk in self.vm(vm_id).vm_disks])

    def test_remove(self):
        """删除 CD-ROM"""
        vm_id = self.a_vm(vm_disks={"mount_cd_roms": [{"boot": 0}, {"boot": 1}, {"boot": 2}]})
        first, second, third = [cd_rom.id for cd_rom in self.disks(vm_id)]
        with_task_vm = self.vm_api.remove_vm_cd_rom(
            {"where": {"id": vm_id}, "data": {"cd_rom_ids": [first, second]}}
        )[0]
        self.done([with_task_vm])
        self.assertEqual([third], [disk.id for disk in self.vm(vm_id).vm_disks])


class Volumes(TowerTest):
    """编辑虚拟机 › 虚拟卷操作"""

    def test_add_new(self):
        """添加新虚拟卷"""
        vm_id, name = self.a_vm(), a_name("volume")
        with_task_vm = self.vm_api.add_vm_disk(
            {
                "where": {"id": vm_id},
                "data": {
                    "vm_disks": {"mount_new_create_disks": [new_disk(name, 5 * GIB, boot=1)]}
                },
            }
        )[0]
        self.done([with_task_vm])
        self.assert_succeeded(with_task_vm, vm_id, "Edit VM {} disk".format(self.vm(vm_id).name))
        disk = self.disks(vm_id)[0]
        self.assertEqual((1, Bus.VIRTIO, "DISK"), (disk.boot, disk.bus, disk.type))
        volume = self.volume(disk.vm_volume.id)
        self.assertEqual((name, 5 * GIB, True), (volume.name, volume.size, volume.mounting))
        self.assertEqual(5 * GIB, self.vm(vm_id).provisioned_size)

    def test_mount(self):
        """挂载已存在虚拟卷为虚拟盘"""
        vm_id, volume_id = self.a_vm(), self.a_volume()
        with_task_vm = self.vm_api.add_vm_disk(
            {
                "where": {"id": vm_id},
                "data": {
                    "vm_disks": {
                        "mount_disks": [
                            {"index": 0, "vm_volume_id": volume_id, "boot": 1, "bus": Bus.VIRTIO}
                        ]
                    }
                },
            }
        )[0]
        self.done([with_task_vm])
        self.assertEqual([volume_id], [disk.vm_volume.id for disk in self.disks(vm_id)])
        self.assertTrue(self.volume(volume_id).mounting)

    def test_remove(self):
        """卸载虚拟盘"""
        disks = [new_disk(a_name("volume"), GIB, boot) for boot in range(3)]
        vm_id = self.a_vm(vm_disks={"mount_new_create_disks": disks})
        first, second, third = self.disks(vm_id)
        with_task_vm = self.vm_api.remove_vm_disk(
            {"where": {"id": vm_id}, "data": {"disk_ids": [first.id, second.id]}}
        )[0]
        self.done([with_task_vm])
        self.assertEqual([third.id], [disk.id for disk in self.disks(vm_id)])
        # Taking a disk out keeps its volume.
        self.assertFalse(self.volume(first.vm_volume.id).mounting)
        self.assertEqual([], self.volume(second.vm_volume.id).vm_disks)
        self.assertTrue(self.volume(third.vm_volume.id).mounting)


class Nics(TowerTest):
    """编辑虚拟机 › 网卡操作"""

    def test_add(self):
        """添加网卡"""
        vm_id = self.a_vm(vm_nics=[])
        vlan, vlan_2 = self.vlans()[:2]
        with_task_vm = self.vm_api.add_vm_nic(
            {
                "where": {"id": vm_id},
                "data": {
                    "vm_nics": [
                        {
                            "connect_vlan_id": vlan.id,
                            "enabled": False,
                            "model": VmNicModel.VIRTIO,
                        },
                        {
                            "connect_vlan_id": vlan_2.id,
                            "enabled": True,
                            "mirror": True,
                            "model": VmNicModel.VIRTIO,
                        },
                    ]
                },
            }
        )[0]
        self.done([with_task_vm])
        self.assert_succeeded(with_task_vm, vm_id, "Edit VM")
        first, second = self.nics(vm_id)
        self.assertEqual(
            (0, vlan.id, False, False), (first.order, first.vlan.id, first.enabled, first.mirror)
        )
        self.assertEqual(
            (1, vlan_2.id, True, True), (second.order, second.vlan.id, second.enabled, second.mirror)
        )
        self.assertNotEqual(first.mac_address, second.mac_address)

    def test_update(self):
        """编辑网卡"""
        vlan, vlan_2 = self.vlans()[:2]
        vm_id = self.a_vm(vm_nics=[{"connect_vlan_id": vlan.id, "enabled": True, "mirror": True}])
        with_task_vm = self.vm_api.update_vm_nic(
            {
                "where": {"id": vm_id},
                "data": {
                    "nic_index": 0,
                    "enabled": False,
                    "mirror": False,
                    "connect_vlan_id": vlan_2.id,
                },
            }
        )[0]
        before = self.nics(vm_id)[0].mac_address
        self.done([with_task_vm])
        nic = self.nics(vm_id)[0]
        self.assertEqual((False, False, vlan_2.id), (nic.enabled, nic.mirror, nic.vlan.id))
        self.assertEqual(before, nic.mac_address)

    def test_remove(self):
        """移除网卡"""
        vlan = self.vlans()[0]
        vm_id = self.a_vm(vm_nics=[{"connect_vlan_id": vlan.id}] * 3)
        last = self.nics(vm_id)[2]
        with_task_vm = self.vm_api.remove_vm_nic(
            {"where": {"id": vm_id}, "data": {"nic_index": [0, 1]}}
        )[0]
        self.done([with_task_vm])
        nics = self.nics(vm_id)
        self.assertEqual([last.mac_address], [nic.mac_address for nic in nics])
        self.assertEqual([0], [nic.order for nic in nics])


class Migration(TowerTest):
    """编辑虚拟机 › 虚拟机迁移"""

    def test_to_a_host(self):
        """迁移至指定主机"""
        vm_id = self.a_guest()
        here = self.vm(vm_id).host.id
        there = next(host.id for host in self.hosts() if host.id != here)
        # mig_rate_vm in the guide: the SDK has called it migrate_vm since 2.1.0.
        with_task_vm = self.vm_api.migrate_vm(
            {"where": {"id": vm_id}, "data": {"host_id": there}}
        )[0]
        self.done([with_task_vm])
        self.assert_succeeded(with_task_vm, vm_id, "performing a live migration")
        vm = self.vm(vm_id)
        self.assertEqual((there, VmStatus.RUNNING), (vm.host.id, vm.status))

    def test_to_any_host(self):
        """自动调度到合适的主机"""
        vm_id = self.a_guest()
        here = self.vm(vm_id).host.id
        with_task_vm = self.vm_api.migrate_vm({"where": {"id": vm_id}})[0]
        self.done([with_task_vm])
        vm = self.vm(vm_id)
        self.assertNotEqual(here, vm.host.id)
        self.assertIn(vm.host.id, [host.id for host in self.hosts()])
        self.assertEqual(VmStatus.RUNNING, vm.status)
