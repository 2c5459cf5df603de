"""The server under test, and what the tests do with it again and again."""

import itertools
import os
import re
import unittest
import uuid

from cloudtower import (
    ApiClient,
    Bus,
    ClusterApi,
    Configuration,
    ContentLibraryVmTemplateApi,
    ElfImageApi,
    HostApi,
    HostStatus,
    Hypervisor,
    TaskApi,
    TaskStatus,
    VlanApi,
    VmApi,
    VmDiskApi,
    VmFirmware,
    VmNicApi,
    VmStatus,
    VmVolumeApi,
    VmVolumeElfStoragePolicyType,
)
from cloudtower.utils import login, wait_tasks

URL = os.environ["BELFRY_URL"]
USER = os.environ["BELFRY_USER"]
PASSWORD = os.environ["BELFRY_PASSWORD"]

MIB = 1024 * 1024
GIB = 1024 * MIB

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
CHINESE = re.compile(r"[\u4e00-\u9fff]")

# Seconds between two looks at a task: the SDK's own five are for people.
INTERVAL = 0.1

TAKE_VMS = [HostStatus.CONNECTED_HEALTHY, HostStatus.CONNECTED_WARNING]

_run = uuid.uuid4().hex[:6]
_numbers = itertools.count(1)


def a_name(word="vm"):
    """A name that nothing else has."""
    return "guide-{}-{}-{}".format(_run, word, next(_numbers))


def a_client():
    """A client that is logged in."""
    client = ApiClient(Configuration(host=URL))
    login(client, USER, PASSWORD)
    return client


class TowerTest(unittest.TestCase):
    """A test with a client, and a cluster of its own hypervisor to make VMs in."""

    @classmethod
    def setUpClass(cls):
        cls.client = a_client()
        cls.vm_api = VmApi(cls.client)
        cls.cluster = ClusterApi(cls.client).get_clusters(
            {"where": {"hypervisor": Hypervisor.ELF, "vm_num_gt": 0}, "first": 1}
        )[0]

    @classmethod
    def tearDownClass(cls):
        cls.client.close()

    # Waiting and reading

    def done(self, with_tasks):
        """Waits for the tasks of an answer; gives the ids of what it was about, in order."""
        ids = [each.data.id for each in with_tasks]
        task_ids = [each.task_id for each in with_tasks]
        self.assertNotIn(None, task_ids, "every change has a task")
        wait_tasks(list(task_ids), self.client, interval=INTERVAL, timeout=60)
        return ids

    def task(self, with_task, **options):
        """The task of an element of an answer, as it is now."""
        return TaskApi(self.client).get_tasks({"where": {"id": with_task.task_id}}, **options)[0]

    def assert_succeeded(self, with_task, vm_id, description):
        """The task is over, went well, and says what it did to which VM, in both languages."""
        task = self.task(with_task)
        self.assertEqual(TaskStatus.SUCCESSED, task.status)
        self.assertEqual(1, task.progress)
        self.assertEqual(vm_id, task.resource_id)
        self.assertEqual(USER, task.user.name)
        self.assertIn(description, task.description)
        self.assertIsNotNone(task.started_at)
        self.assertIsNotNone(task.finished_at)
        self.assertRegex(self.task(with_task, content_language="zh-CN").description, CHINESE)

    def vm(self, vm_id):
        """The VM with this id, which no task holds any more."""
        vm = self.vm_api.get_vms({"where": {"id": vm_id}})[0]
        self.assertIsNone(vm.entity_async_status)
        return vm

    def vms(self, ids):
        """The VMs with these ids, in that order."""
        found = {vm.id: vm for vm in self.vm_api.get_vms({"where": {"id_in": ids}})}
        return [found[each] for each in ids]

    def disks(self, vm_id, **where):
        """The disks and CD drives of a VM, by boot order."""
        return VmDiskApi(self.client).get_vm_disks(
            {"where": dict(where, vm={"id": vm_id}), "orderBy": "boot_ASC"}
        )

    def nics(self, vm_id):
        """The NICs of a VM, by number."""
        return VmNicApi(self.client).get_vm_nics(
            {"where": {"vm": {"id": vm_id}}, "orderBy": "order_ASC"}
        )

    def volume(self, volume_id):
        return VmVolumeApi(self.client).get_vm_volumes({"where": {"id": volume_id}})[0]

    # What is there already

    def vlans(self):
        """The networks that VMs of the cluster can have, the one called default first."""
        vlans = VlanApi(self.client).get_vlans(
            {"where": {"type": "VM", "vds": {"cluster": {"id": self.cluster.id}}}}
        )
        return sorted(vlans, key=lambda vlan: vlan.name != "default")

    def hosts(self):
        """The hosts of the cluster that take VMs."""
        return HostApi(self.client).get_hosts(
            {"where": {"cluster": {"id": self.cluster.id}, "status_in": TAKE_VMS}}
        )

    def image(self):
        """A CD image of the cluster."""
        return ElfImageApi(self.client).get_elf_images(
            {"where": {"cluster": {"id": self.cluster.id}}, "first": 1}
        )[0]

    def template(self):
        """A template whose guests have tools, so that they react to a shutdown."""
        return ContentLibraryVmTemplateApi(self.client).get_content_library_vm_templates(
            {
                "where": {
                    "cloud_init_supported": True,
                    "clusters_some": {"id": self.cluster.id},
                },
                "first": 1,
            }
        )[0]

    # What tests make for themselves

    def blank(self, **changes):
        """What create_vm needs for a small VM without disks, but with a NIC."""
        return dict(
            {
                "cluster_id": self.cluster.id,
                "name": a_name(),
                "ha": True,
                "vcpu": 1,
                "cpu_cores": 1,
                "cpu_sockets": 1,
                "memory": 512 * MIB,
                "status": VmStatus.STOPPED,
                "firmware": VmFirmware.BIOS,
                "vm_nics": [{"connect_vlan_id": self.vlans()[0].id}],
                "vm_disks": {},
            },
            **changes
        )

    def a_vm(self, **changes):
        """The id of a small VM without an operating system; stopped."""
        return self.done(self.vm_api.create_vm([self.blank(**changes)]))[0]

    def a_guest(self, status=VmStatus.RUNNING):
        """The id of a VM whose operating system reacts to a shutdown; running."""
        return self.guests(1, status)[0]

    def guests(self, count, status=VmStatus.RUNNING):
        """The ids of such VMs."""
        template = self.template()
        return self.done(
            self.vm_api.create_vm_from_content_library_template(
                [
                    {
                        "template_id": template.id,
                        "cluster_id": self.cluster.id,
                        "name": a_name("guest"),
                        "is_full_copy": False,
                        "memory": 512 * MIB,
                        "status": status,
                    }
                    for _ in range(count)
                ]
            )
        )

    def a_volume(self):
        """The id of a volume that no VM has."""
        return self.done(
            VmVolumeApi(self.client).create_vm_volume(
                [
                    {
                        "cluster_id": self.cluster.id,
                        "name": a_name("volume"),
                        "size": GIB,
                        "elf_storage_policy": VmVolumeElfStoragePolicyType._2_THIN_PROVISION,
                        "sharing": False,
                    }
                ]
            )
        )[0]


def new_disk(name, size, boot=0):
    """A disk to make and to connect, as create_vm and add_vm_disk want it."""
    return {
        "boot": boot,
        "bus": Bus.VIRTIO,
        "vm_volume": {
            "elf_storage_policy": VmVolumeElfStoragePolicyType._2_THIN_PROVISION,
            "size": size,
            "name": name,
        },
    }
