"""What groups objects: labels, folders, placement groups and data centres. The guide doesn't show these."""

from cloudtower import (
    ClusterApi,
    DatacenterApi,
    LabelApi,
    OrganizationApi,
    VmFolderApi,
    VmPlacementGroupApi,
    VmVmPolicy,
)
from cloudtower.exceptions import ApiException
from cloudtower.utils import wait_tasks

from tower import INTERVAL, TowerTest, a_name


class PlacementGroups(TowerTest):
    """虚拟机放置组"""

    def setUp(self):
        self.group_api = VmPlacementGroupApi(self.client)

    def create(self, **rules):
        params = {"cluster_id": self.cluster.id, "name": a_name("group"), "enabled": True}
        params.update(rules)
        return self.done(self.group_api.create_vm_placement_group([params]))[0]

    def group(self, group_id):
        return self.group_api.get_vm_placement_groups({"where": {"id": group_id}})[0]

    def test_cluster_provider(self):
        """虚拟机放置组: 创建, 加入虚拟机, 重名, 删除"""
        group_id = self.create(
            vm_vm_policy=VmVmPolicy.MUST_DIFFERENT, vm_vm_policy_enabled=True
        )
        first, second = self.a_vm(), self.a_vm()
        updated = self.group_api.update_vm_placement_group(
            {"where": {"id": group_id}, "data": {"vms": {"id_in": [first, second]}}}
        )
        self.assertIn("VM placement group", self.task(updated[0]).description)
        self.done(self.vm_api.start_vm({"where": {"id_in": [first, second]}}))
        self.assertNotEqual(self.vm(first).host.id, self.vm(second).host.id)
        self.assertEqual([group_id], [each.id for each in self.vm(first).vm_placement_group])
        again = self.group_api.create_vm_placement_group(
            [
                {
                    "cluster_id": self.cluster.id,
                    "name": self.group(group_id).name,
                    "enabled": True,
                }
            ]
        )
        with self.assertRaisesRegex(ApiException, "PLACEMENT_GROUP_DUPLICATE_NAME"):
            wait_tasks([again[0].task_id], self.client, interval=INTERVAL)
        self.done(self.group_api.delete_vm_placement_group({"where": {"id": group_id}}))
        self.assertEqual([], self.vm(first).vm_placement_group)

    def test_creates_vms_in_a_group(self):
        """虚拟机放置组: 创建虚拟机时加入"""
        group_id = self.create()
        vm_id = self.a_vm(vm_placement_group={"id": group_id})
        self.assertEqual([vm_id], [vm.id for vm in self.group(group_id).vms])


class Labels(TowerTest):
    """标签"""

    def setUp(self):
        self.label_api = LabelApi(self.client)

    def create(self, key, value=None):
        params = {"key": key} if value is None else {"key": key, "value": value}
        return self.label_api.create_label([params])[0].data

    def label(self, label_id):
        return self.label_api.get_labels({"where": {"id": label_id}})[0]

    def test_cluster_provider(self):
        """标签: 打给虚拟机, 不再使用时删除"""
        vm_id, key = self.a_vm(), a_name("label")
        label = self.create(key, "in use")
        unused = self.create(key, "not in use")
        self.assertEqual((key, "in use", 0), (label.key, label.value, label.total_num))
        self.done(
            self.label_api.add_labels_to_resources(
                {"where": {"id_in": [label.id]}, "data": {"vms": {"id": vm_id}}}
            )
        )
        self.assertEqual([label.id], [each.id for each in self.vm(vm_id).labels])
        found = self.vm_api.get_vms({"where": {"labels_some": {"key": key}}})
        self.assertEqual([vm_id], [vm.id for vm in found])
        self.assertEqual(1, self.label(label.id).vm_num)
        strictly = {"where": {"AND": [{"key": key}, {"total_num": 0}]}}
        self.assertEqual([unused.id], self.done(self.label_api.delete_label(strictly)))
        self.done(
            self.label_api.remove_labels_from_resources(
                {"where": {"id": label.id}, "data": {"vms": {"id": vm_id}}}
            )
        )
        self.assertEqual([label.id], self.done(self.label_api.delete_label(strictly)))
        self.assertEqual([], self.vm(vm_id).labels)

    def test_update(self):
        """标签: 编辑"""
        label = self.create(a_name("label"), "before")
        self.done(
            self.label_api.update_label({"where": {"id": label.id}, "data": {"value": "after"}})
        )
        self.assertEqual((label.key, "after"), (self.label(label.id).key, self.label(label.id).value))

    def test_duplicate(self):
        """标签: 重复"""
        key = a_name("label")
        self.create(key, "once")
        with self.assertRaises(ApiException) as refused:
            self.create(key, "once")
        self.assertEqual(400, refused.exception.status)
        self.assertIn(key + ":once", refused.exception.body)


class Folders(TowerTest):
    """虚拟机组"""

    def test_folder(self):
        """虚拟机组: 创建, 移入, 移出, 编辑, 删除"""
        folder_api, vm_id = VmFolderApi(self.client), self.a_vm()
        folder_id = self.done(
            folder_api.create_vm_folder([{"name": a_name(), "cluster_id": self.cluster.id}])
        )[0]
        self.done(
            self.vm_api.add_vm_to_folder(
                {"where": {"id": vm_id}, "data": {"folder_id": folder_id}}
            )
        )
        self.assertEqual(folder_id, self.vm(vm_id).folder.id)
        name = a_name("folder")
        self.done(
            folder_api.update_vm_folder({"where": {"id": folder_id}, "data": {"name": name}})
        )
        self.assertEqual(name, self.vm(vm_id).folder.name)
        self.done(self.vm_api.remove_vm_to_folder({"where": {"id": vm_id}}))
        self.assertIsNone(self.vm(vm_id).folder)
        self.done(folder_api.delete_vm_folder({"where": {"id": folder_id}}))
        self.assertEqual([], folder_api.get_vm_folders({"where": {"id": folder_id}}))


class Datacenters(TowerTest):
    """数据中心"""

    def test_datacenter(self):
        """数据中心: 创建, 添加集群, 编辑, 删除"""
        datacenter_api = DatacenterApi(self.client)
        organization = OrganizationApi(self.client).get_organizations({})[0]
        datacenter_id = self.done(
            datacenter_api.create_datacenter(
                [{"name": a_name(), "organization_id": organization.id}]
            )
        )[0]
        where, clusters = {"id": datacenter_id}, {"id": self.cluster.id}
        self.done(
            datacenter_api.add_clusters_to_datacenter(
                [{"where": where, "data": {"clusters": clusters}}]
            )
        )
        self.assertEqual([self.cluster.id], self.members(datacenter_id))
        name = a_name("datacenter")
        self.done(datacenter_api.update_datacenter({"where": where, "data": {"name": name}}))
        datacenter = datacenter_api.get_datacenters({"where": where})[0]
        self.assertEqual((name, 1), (datacenter.name, datacenter.cluster_num))
        self.done(
            datacenter_api.remove_clusters_from_datacenter(
                [{"where": where, "data": {"clusters": clusters}}]
            )
        )
        self.assertEqual([], self.members(datacenter_id))
        self.done(datacenter_api.delete_datacenter({"where": where}))
        self.assertEqual([], datacenter_api.get_datacenters({"where": where}))

    def members(self, datacenter_id):
        clusters = ClusterApi(self.client).get_clusters(
            {"where": {"datacenters_some": {"id": datacenter_id}}}
        )
        return [cluster.id for cluster in clusters]
