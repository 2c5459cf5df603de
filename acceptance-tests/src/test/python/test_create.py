"""操作示例 › 创建空白虚拟机"""

from cloudtower import Bus, VmFirmware, VmNicModel, VmStatus, VmToolsStatus

from tower import GIB, UUID, TowerTest, a_name, new_disk


class CreateVm(TowerTest):
    """创建空白虚拟机"""

    def create(self, vm_disks, nic=None):
        """Makes the guide's VM with these disks; gives it back as it is then."""
        name = a_name()
        with_task_vm = self.vm_api.create_vm(
            [
                {
                    "cluster_id": self.cluster.id,
                    "name": name,
                    "ha": True,
                    "cpu_cores": 4,
                    "cpu_sockets": 4,
                    "memory": 4 * GIB,
                    "vcpu": 16,
                    "status": VmStatus.STOPPED,
                    "firmware": VmFirmware.BIOS,
                    "vm_nics": [dict({"connect_vlan_id": self.vlans()[0].id}, **(nic or {}))],
                    "vm_disks": vm_disks,
                }
            ]
        )[0]
        self.assertEqual(name, with_task_vm.data.name)
        vm_id = self.done([with_task_vm])[0]
        self.assert_succeeded(with_task_vm, vm_id, "Create a VM")
        # get_vms gives a list, from which the guide forgets to take the VM.
        created_vm = self.vm_api.get_vms({"where": {"id": vm_id}})[0]
        self.assertEqual(name, created_vm.name)
        return created_vm

    def test_simple(self):
        """简单创建"""
        vm = self.create({"mount_cd_roms": [{"boot": 0, "index": 0}]})
        self.assertEqual(VmStatus.STOPPED, vm.status)
        self.assertEqual((16, 4, 4), (vm.vcpu, vm.cpu.cores, vm.cpu.sockets))
        self.assertEqual(4 * GIB, vm.memory)
        self.assertEqual((True, VmFirmware.BIOS), (vm.ha, vm.firmware))
        self.assertEqual(VmToolsStatus.NOT_INSTALLED, vm.vm_tools_status)
        self.assertRegex(vm.local_id, UUID)
        self.assertIsNone(vm.entity_async_status)
        self.assertEqual(self.cluster.id, vm.cluster.id)
        cd_rom = self.disks(vm.id)[0]
        self.assertEqual(("CD_ROM", Bus.IDE, 0), (cd_rom.type, cd_rom.bus, cd_rom.boot))
        self.assertIsNone(cd_rom.elf_image)
        nic = self.nics(vm.id)[0]
        self.assertEqual((0, True, False), (nic.order, nic.enabled, nic.mirror))
        self.assertEqual(self.vlans()[0].id, nic.vlan.id)

    def test_cd_rom_with_image(self):
        """创建时配置虚拟盘: CD-ROM 加载 ISO"""
        image = self.image()
        vm = self.create({"mount_cd_roms": [{"index": 0, "boot": 0, "elf_image_id": image.id}]})
        cd_rom = self.disks(vm.id)[0]
        self.assertEqual(("CD_ROM", image.id), (cd_rom.type, cd_rom.elf_image.id))
        self.assertEqual(image.name, cd_rom.elf_image.name)

    def test_mounted_volume(self):
        """创建时配置虚拟盘: 挂载虚拟卷为虚拟盘"""
        volume_id = self.a_volume()
        # The guide's dict has "index" twice.
        vm = self.create(
            {
                "mount_disks": [
                    {"index": 0, "boot": 0, "bus": Bus.VIRTIO, "vm_volume_id": volume_id}
                ]
            }
        )
        disk = self.disks(vm.id)[0]
        self.assertEqual(("DISK", Bus.VIRTIO, volume_id), (disk.type, disk.bus, disk.vm_volume.id))
        volume = self.volume(volume_id)
        self.assertTrue(volume.mounting)
        self.assertEqual([disk.id], [each.id for each in volume.vm_disks])

    def test_new_disk(self):
        """创建时配置虚拟盘: 新增并挂载虚拟盘"""
        name = a_name("volume")
        vm = self.create({"mount_new_create_disks": [new_disk(name, 10 * GIB)]})
        self.assertEqual(10 * GIB, vm.provisioned_size)
        disk = self.disks(vm.id)[0]
        self.assertEqual(("DISK", Bus.VIRTIO, 0), (disk.type, disk.bus, disk.boot))
        volume = self.volume(disk.vm_volume.id)
        self.assertEqual((name, 10 * GIB, True), (volume.name, volume.size, volume.mounting))
        self.assertEqual("REPLICA_2_THIN_PROVISION", volume.elf_storage_policy)
        self.assertTrue(volume.path.startswith("iscsi://"), volume.path)
        self.assertIsNotNone(volume.lun)

    def test_nic(self):
        """创建时配置虚拟网卡"""
        vm = self.create(
            {"mount_cd_roms": [{"index": 0, "boot": 0}]},
            nic={"mirror": True, "model": VmNicModel.VIRTIO},
        )
        nics = self.nics(vm.id)
        self.assertEqual(1, len(nics))
        self.assertEqual((True, VmNicModel.VIRTIO), (nics[0].mirror, nics[0].model))
