"""操作示例 › 虚拟机电源操作"""

from cloudtower import VmStatus

from tower import TowerTest


class PowerTest(TowerTest):
    """Calls a power operation as the guide does, for one VM or for many."""

    def one(self, operation, vm_id, status, description, **more):
        """For one VM, by id."""
        with_task_vm = operation(dict({"where": {"id": vm_id}}, **more))[0]
        self.done([with_task_vm])
        self.assert_succeeded(with_task_vm, vm_id, description)
        vm = self.vm_api.get_vms({"where": {"id": with_task_vm.data.id}})[0]
        self.assertEqual(status, vm.status)
        self.assertIsNone(vm.entity_async_status)
        return vm

    def many(self, operation, vm_ids, status, description):
        """For several, by a list of ids."""
        with_task_vms = operation({"where": {"id_in": vm_ids}})
        ids = self.done(with_task_vms)
        self.assertEqual(sorted(vm_ids), sorted(ids))
        for with_task_vm in with_task_vms:
            self.assert_succeeded(with_task_vm, with_task_vm.data.id, description)
        vms = self.vm_api.get_vms({"where": {"id_in": ids}})
        self.assertEqual([status] * len(vm_ids), [vm.status for vm in vms])


class Start(PowerTest):
    """虚拟机电源操作 › 虚拟机开机"""

    # "A suitable VM" in the guide's headings means a suitable host.

    def test_one(self):
        """指定虚拟机开机，自动调度到合适的虚拟机"""
        opened_vm = self.one(
            self.vm_api.start_vm, self.a_guest(VmStatus.STOPPED), VmStatus.RUNNING, "Start VM"
        )
        self.assertIn(opened_vm.host.id, [host.id for host in self.hosts()])

    def test_many(self):
        """批量虚拟机开机，自动调度到合适的虚拟机"""
        self.many(
            self.vm_api.start_vm, self.guests(2, VmStatus.STOPPED), VmStatus.RUNNING, "Start VM"
        )

    def test_on_a_host(self):
        """开机至指定主机"""
        vm_id = self.a_guest(VmStatus.STOPPED)
        here = self.vm(vm_id).host.id
        there = next(host.id for host in self.hosts() if host.id != here)
        opened_vm = self.one(
            self.vm_api.start_vm, vm_id, VmStatus.RUNNING, "Start VM", data={"host_id": there}
        )
        self.assertEqual(there, opened_vm.host.id)


class ShutDown(PowerTest):
    """虚拟机电源操作 › 虚拟机关机"""

    def test_one(self):
        """指定虚拟机关机"""
        self.one(self.vm_api.shut_down_vm, self.a_guest(), VmStatus.STOPPED, "Shut down VM")

    def test_many(self):
        """批量虚拟机关机"""
        self.many(self.vm_api.shut_down_vm, self.guests(2), VmStatus.STOPPED, "Shut down VM")

    # force_shut_down_vm in the guide: the SDK calls it poweroff_vm.

    def test_power_off_one(self):
        """强制关机指定虚拟机"""
        vm = self.one(self.vm_api.poweroff_vm, self.a_guest(), VmStatus.STOPPED, "Power off VM")
        self.assertIsNotNone(vm.last_shutdown_time)

    def test_power_off_many(self):
        """强制关机批量虚拟机"""
        self.many(self.vm_api.poweroff_vm, self.guests(2), VmStatus.STOPPED, "Power off VM")


class Restart(PowerTest):
    """虚拟机电源操作 › 虚拟机重启"""

    # From here on the guide's samples make clients that are not logged in.

    def test_one(self):
        """重启指定虚拟机"""
        self.one(self.vm_api.restart_vm, self.a_guest(), VmStatus.RUNNING, "Restart VM")

    def test_many(self):
        """重启批量虚拟机"""
        self.many(self.vm_api.restart_vm, self.guests(2), VmStatus.RUNNING, "Restart VM")

    def test_force_one(self):
        """强制重启指定虚拟机"""
        self.one(self.vm_api.force_restart_vm, self.a_guest(), VmStatus.RUNNING, "Force restart VM")

    def test_force_many(self):
        """强制重启批量虚拟机"""
        self.many(
            self.vm_api.force_restart_vm, self.guests(2), VmStatus.RUNNING, "Force restart VM"
        )


class Suspend(PowerTest):
    """虚拟机电源操作 › 虚拟机暂停"""

    def test_one(self):
        """暂停指定虚拟机"""
        self.one(self.vm_api.suspend_vm, self.a_guest(), VmStatus.SUSPENDED, "Suspend VM")

    def test_many(self):
        """暂停批量虚拟机"""
        self.many(self.vm_api.suspend_vm, self.guests(2), VmStatus.SUSPENDED, "Suspend VM")


class Resume(PowerTest):
    """虚拟机电源操作 › 虚拟机恢复"""

    def suspended(self, count):
        return self.done(self.vm_api.suspend_vm({"where": {"id_in": self.guests(count)}}))

    def test_one(self):
        """恢复指定虚拟机"""
        self.one(self.vm_api.resume_vm, self.suspended(1)[0], VmStatus.RUNNING, "Resume VM")

    def test_many(self):
        """恢复批量虚拟机"""
        self.many(self.vm_api.resume_vm, self.suspended(2), VmStatus.RUNNING, "Resume VM")
