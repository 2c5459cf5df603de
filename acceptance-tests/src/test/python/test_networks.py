"""Virtual switches and VLANs. The guide only uses those that there are."""

from cloudtower import VdsApi, VlanApi, VlanModeType

from tower import TowerTest, a_name


class Networks(TowerTest):
    """虚拟机网络"""

    def setUp(self):
        self.vlan_api = VlanApi(self.client)
        self.vds_api = VdsApi(self.client)
        self.vds = self.vds_api.get_vdses(
            {"where": {"cluster": {"id": self.cluster.id}, "internal": False}, "first": 1}
        )[0]

    def vlan(self, vlan_id):
        return self.vlan_api.get_vlans({"where": {"id": vlan_id}})[0]

    def test_vlan(self):
        """虚拟机网络: 创建, 编辑, 使用, 删除"""
        name = a_name("vlan")
        vlan_id = self.done(
            self.vlan_api.create_vm_vlan([{"vds_id": self.vds.id, "name": name, "vlan_id": 42}])
        )[0]
        self.done(
            self.vlan_api.update_vlan(
                {
                    "where": {"id": vlan_id},
                    "data": {"mode_type": VlanModeType.VLAN_TRUNK, "network_ids": ["10-20"]},
                }
            )
        )
        self.assertEqual((name, ["10-20"]), (self.vlan(vlan_id).name, self.vlan(vlan_id).network_ids))
        vm_id = self.a_vm(vm_nics=[{"connect_vlan_id": vlan_id}])
        self.assertEqual([vlan_id], [nic.vlan.id for nic in self.nics(vm_id)])
        self.done(self.vm_api.delete_vm({"where": {"id": vm_id}}))
        self.done(self.vlan_api.delete_vlan({"where": {"id": vlan_id}}))
        self.assertEqual([], self.vlan_api.get_vlans({"where": {"id": vlan_id}}))

    def test_vds(self):
        """虚拟分布式交换机: 创建, 编辑, 删除"""
        vds_id = self.done(
            self.vds_api.create_vds(
                [{"cluster_id": self.cluster.id, "name": a_name("vds"), "nic_ids": []}]
            )
        )[0]
        name = a_name("vds")
        self.done(self.vds_api.update_vds({"where": {"id": vds_id}, "data": {"name": name}}))
        vds = self.vds_api.get_vdses({"where": {"id": vds_id}})[0]
        self.assertEqual((name, 0), (vds.name, vds.vlans_num))
        self.done(self.vds_api.delete_vds({"where": {"id": vds_id}}))
        self.assertEqual([], self.vds_api.get_vdses({"where": {"id": vds_id}}))
