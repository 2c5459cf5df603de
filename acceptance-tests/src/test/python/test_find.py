"""操作示例 › 获取虚拟机"""

import random

from cloudtower import VmStatus

from tower import TowerTest, a_name


class FindVms(TowerTest):
    """获取虚拟机"""

    def all_vms(self):
        vms = self.vm_api.get_vms({})
        self.assertGreater(len(vms), 50)
        return vms

    def matching(self, where, holds):
        """Asks for VMs, and checks that exactly those for which a rule holds came back."""
        found = self.vm_api.get_vms({"where": where})
        expected = [vm.id for vm in self.all_vms() if holds(vm)]
        self.assertNotEqual([], expected, "the data centre has no such VM")
        self.assertEqual(expected, [vm.id for vm in found])
        return found

    def test_all(self):
        """获取所有虚拟机"""
        vms = self.vm_api.get_vms({})
        count = self.vm_api.get_vms_connection({}).aggregate.count
        self.assertEqual(count, len(vms))
        self.assertEqual(len(vms), len({vm.id for vm in vms}))

    def test_page(self):
        """分页获取虚拟机"""
        vms_from_51_to_100 = self.vm_api.get_vms({"first": 50, "skip": 50})
        expected = [vm.id for vm in self.all_vms()][50:100]
        self.assertEqual(expected, [vm.id for vm in vms_from_51_to_100])

    def test_running(self):
        """获取所有已开机虚拟机"""
        self.matching({"status": VmStatus.RUNNING}, lambda vm: vm.status == VmStatus.RUNNING)

    def test_name_or_description(self):
        """获取名称或描述中包含特定字符串的虚拟机"""
        # The guide's sample looks at the name only; its title says "name or description".
        by_name = self.a_vm(name=a_name("needle"))
        by_description = self.a_vm(description="a needle in here")
        found = self.matching(
            {"OR": [{"name_contains": "needle"}, {"description_contains": "needle"}]},
            lambda vm: "needle" in vm.name or "needle" in vm.description,
        )
        self.assertLessEqual({by_name, by_description}, {vm.id for vm in found})

    def test_name(self):
        """获取名称或描述中包含特定字符串的虚拟机: name_contains"""
        part = random.Random(1).choice(self.all_vms()).name[1:4]
        self.matching({"name_contains": part}, lambda vm: part in vm.name)

    def test_vcpu(self):
        """获取所有 vcpu > n 的虚拟机"""
        self.matching({"vcpu_gt": 4}, lambda vm: vm.vcpu > 4)
