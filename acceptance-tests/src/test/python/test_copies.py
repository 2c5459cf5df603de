"""VMs that are made from other VMs, from snapshots and from templates of the cluster."""

from cloudtower import ContentLibraryVmTemplateApi, VmSnapshotApi, VmStatus, VmTemplateApi

from tower import GIB, TowerTest, a_name, new_disk


class Copies(TowerTest):
    """复制虚拟机"""

    def test_clone(self):
        """克隆虚拟机"""
        guest, name = self.vm(self.a_guest()), a_name("clone")
        clone_id = self.done(
            self.vm_api.clone_vm(
                [{"src_vm_id": guest.id, "name": name, "status": VmStatus.RUNNING}]
            )
        )[0]
        clone = self.vm(clone_id)
        self.assertEqual((name, VmStatus.RUNNING), (clone.name, clone.status))
        self.assertEqual((guest.vcpu, guest.memory), (clone.vcpu, clone.memory))
        self.assertEqual(len(self.disks(guest.id, type="DISK")), len(self.disks(clone_id, type="DISK")))
        self.assertNotEqual(
            [nic.mac_address for nic in self.nics(guest.id)],
            [nic.mac_address for nic in self.nics(clone_id)],
        )

    def test_rebuild(self):
        """从快照重建虚拟机"""
        vm_id = self.a_vm(vm_disks={"mount_new_create_disks": [new_disk(a_name(), 2 * GIB)]})
        snapshot_id = self.done(
            VmSnapshotApi(self.client).create_vm_snapshot(
                {"data": [{"vm_id": vm_id, "name": a_name("snapshot")}]}
            )
        )[0]
        self.done(self.vm_api.delete_vm({"where": {"id": vm_id}}))
        rebuilt_id = self.done(
            self.vm_api.rebuild_vm([{"rebuild_from_snapshot_id": snapshot_id, "name": a_name()}])
        )[0]
        disk = self.disks(rebuilt_id)[0]
        self.assertEqual(2 * GIB, self.volume(disk.vm_volume.id).size)

    def test_template(self):
        """从集群内的模版创建虚拟机"""
        template = VmTemplateApi(self.client).get_vm_templates(
            {"where": {"cluster": {"id": self.cluster.id}}, "first": 1}
        )[0]
        vm_id = self.done(
            self.vm_api.create_vm_from_template(
                [{"template_id": template.id, "name": a_name(), "is_full_copy": False}]
            )
        )[0]
        self.assertEqual(template.memory, self.vm(vm_id).memory)

    def test_rollback(self):
        """回滚虚拟机"""
        vm_id = self.a_vm(vm_disks={"mount_new_create_disks": [new_disk(a_name(), GIB)]})
        before = self.vm(vm_id)
        snapshot_id = self.done(
            VmSnapshotApi(self.client).create_vm_snapshot(
                {"data": [{"vm_id": vm_id, "name": a_name("snapshot")}]}
            )
        )[0]
        where = {"id": vm_id}
        self.done(
            self.vm_api.expand_vm_disk({"where": {"vm": where, "type": "DISK"}, "size": 2 * GIB})
        )
        self.done(
            self.vm_api.update_vm({"where": where, "data": {"memory": 2 * before.memory}})
        )
        self.done(self.vm_api.rollback_vm({"where": where, "data": {"snapshot_id": snapshot_id}}))
        self.assertEqual(before.memory, self.vm(vm_id).memory)
        self.assertEqual(GIB, self.volume(self.disks(vm_id)[0].vm_volume.id).size)

    def test_own_template(self):
        """从虚拟机创建集群内的模版, 编辑, 删除"""
        template_api, guest_id, name = VmTemplateApi(self.client), self.a_guest(), a_name("template")
        params = [{"vm_id": guest_id, "name": name, "cloud_init_supported": True}]
        template_id = self.done(template_api.clone_vm_template_from_vm(params))[0]
        where = {"where": {"id": template_id}}
        template = template_api.get_vm_templates(where)[0]
        self.assertEqual((name, self.cluster.id), (template.name, template.cluster.id))
        vm_id = self.done(
            self.vm_api.create_vm_from_template(
                [{"template_id": template_id, "name": a_name(), "is_full_copy": True}]
            )
        )[0]
        self.assertEqual(len(self.disks(guest_id, type="DISK")), len(self.disks(vm_id)))
        self.done(template_api.update_vm_template(dict(where, data={"description": "edited"})))
        self.assertEqual("edited", template_api.get_vm_templates(where)[0].description)
        self.done(template_api.delete_vm_template(where))
        self.assertEqual([], template_api.get_vm_templates(where))

    def test_convert(self):
        """虚拟机转换为模版"""
        template_api = VmTemplateApi(self.client)
        vm_id = self.a_vm(vm_disks={"mount_new_create_disks": [new_disk(a_name(), GIB)]})
        params = [{"vm_id": vm_id, "name": a_name("template"), "cloud_init_supported": False}]
        template_id = self.done(template_api.convert_vm_template_from_vm(params))[0]
        self.assertEqual([], self.vm_api.get_vms({"where": {"id": vm_id}}))
        template = template_api.get_vm_templates({"where": {"id": template_id}})[0]
        self.assertEqual(GIB, template.size)

    def test_convert_back(self):
        """模版: 转化为虚拟机"""
        template_api = VmTemplateApi(self.client)
        template_id = self.done(
            template_api.convert_vm_template_from_vm(
                [
                    {
                        "vm_id": self.a_guest(VmStatus.STOPPED),
                        "name": a_name("template"),
                        "cloud_init_supported": False,
                    }
                ]
            )
        )[0]
        name = a_name()
        vm_id = self.done(
            self.vm_api.convert_vm_template_to_vm(
                [{"converted_from_template_id": template_id, "name": name}]
            )
        )[0]
        self.assertEqual((name, VmStatus.STOPPED), (self.vm(vm_id).name, self.vm(vm_id).status))
        self.assertEqual([], template_api.get_vm_templates({"where": {"id": template_id}}))

    def test_content_library(self):
        """内容库模版: 从虚拟机克隆, 编辑, 创建虚拟机, 分发, 删除"""
        library_api, template_api = (
            ContentLibraryVmTemplateApi(self.client),
            VmTemplateApi(self.client),
        )
        here = {"id": self.cluster.id}
        template_id = self.done(
            library_api.clone_content_library_vm_template_from_vm(
                [{"name": a_name("template"), "vm": {"id": self.a_guest()}, "clusters": here}]
            )
        )[0]
        where, name = {"id": template_id}, a_name("template")
        self.done(
            library_api.update_content_library_vm_template(
                {"where": where, "data": {"name": name, "description": "edited"}}
            )
        )
        self.done(
            library_api.distribute_content_library_vmtemplate_clusters(
                {"where": where, "data": {"clusters": here}}
            )
        )
        template = library_api.get_content_library_vm_templates({"where": where})[0]
        self.assertEqual((name, "edited"), (template.name, template.description))
        copies = template_api.get_vm_templates({"where": {"id": template.vm_templates[0].id}})
        self.assertEqual([name], [copy.name for copy in copies])
        vm_id = self.done(
            self.vm_api.create_vm_from_content_library_template(
                [
                    {
                        "template_id": template_id,
                        "cluster_id": self.cluster.id,
                        "name": a_name(),
                        "is_full_copy": False,
                    }
                ]
            )
        )[0]
        self.done(library_api.delete_content_library_vm_template({"where": where}))
        self.assertEqual([], library_api.get_content_library_vm_templates({"where": where}))
        self.done(self.vm_api.start_vm({"where": {"id": vm_id}}))
