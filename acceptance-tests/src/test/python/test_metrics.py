"""Metrics, as the SDK's MetricsApi asks for them."""

import re
import time

from cloudtower import ClusterApi, HostApi, MetricUnit, VmStatus
from cloudtower.api.metrics_api import MetricsApi
from cloudtower.exceptions import ApiException

from test_wire import differences
from tower import TowerTest

CPU = "elf_vm_cpu_overall_usage_percent"

# What each operation needs besides metrics and range.
SELECTIONS = {
    "get_cluster_metrics": {"clusters": {}},
    "get_disk_metrics": {"disks": {}},
    "get_host_metrics": {"hosts": {}},
    "get_host_network_metrics": {"hosts": {}, "nics": {}},
    "get_host_servicek_metrics": {"hosts": {}, "services": ["zbs-metad"]},
    "get_lun_metrics": {"luns": {}, "hosts": {}},
    "get_nvmf_namespace_metrics": {"nvmfNamespaces": {}},
    "get_scvm_disk_metrics": {"disks": {}},
    "get_scvm_metrics": {"hosts": {}},
    "get_scvm_network_metrics": {"hosts": {}},
    "get_scvm_servicek_metrics": {"hosts": {}, "services": []},
    "get_top_nvm_volume_metrics": {"clusters": {}, "n": 5, "type": "top"},
    "get_vm_metrics": {"vms": {}},
    "get_vm_net_work_metrics": {"vms": {}},
    "get_vm_volume_metrics": {"vmVolumes": {}},
    "get_witness_metrics": {"clusters": {}},
    "get_zone_metrics": {"clusters": {}, "type": "primary-to-secondary"},
}

# A metric of each that has streams.
MEASURED = {
    "get_cluster_metrics": "zbs_cluster_readwrite_iops",
    "get_disk_metrics": "host_disk_readwrite_speed_bps",
    "get_host_metrics": "host_cpu_overall_usage_percent",
    "get_host_network_metrics": "host_network_receive_speed_bitps",
    "get_lun_metrics": "zbs_volume_readwrite_latency_ns",
    "get_vm_metrics": "elf_vm_memory_used_bytes",
    "get_vm_net_work_metrics": "elf_vm_network_transmit_speed_bps",
    "get_vm_volume_metrics": "elf_vm_disk_avg_readwrite_latency_ns",
}


class Metrics(TowerTest):
    """Metrics"""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.metrics_api = MetricsApi(cls.client)

    def ask(self, operation, metrics, **selection):
        body = dict(SELECTIONS[operation], metrics=metrics, range="1h")
        return getattr(self.metrics_api, operation)(dict(body, **selection))

    def test_every_operation(self):
        """Every operation answers what the SDK declares, one element for each metric"""
        known = {name for name in dir(MetricsApi) if re.match("get_(?!.*_with_http_info$)", name)}
        self.assertEqual(known, set(SELECTIONS))
        for operation in SELECTIONS:
            with self.subTest(operation):
                metrics = [MEASURED.get(operation, CPU), "no_such_metric"]
                answer = self.ask(operation, metrics, range="2m")
                found = differences(answer, "list[WithTaskMetric]", operation)
                self.assertEqual([], sorted(set(found)))
                self.assertEqual(2, len(answer))
                if operation in MEASURED:
                    self.assertNotEqual([], answer[0].data.sample_streams)
                self.assertIn(answer[1].data.sample_streams, ([], None))

    def test_vm(self):
        """A VM that runs has a past, which ends with what it shows"""
        vm = self.vm_api.get_vms(
            {"where": {"status": VmStatus.RUNNING, "vm_tools_status": "RUNNING"}, "first": 1}
        )[0]
        metric = self.ask("get_vm_metrics", [CPU], vms={"id": vm.id}, range="24h")[0].data
        self.assertEqual(MetricUnit.PERCENT, metric.unit)
        self.assertFalse(metric.dropped)
        stream = metric.sample_streams[0]
        self.assertEqual(vm.local_id, stream.labels.vm)
        self.assertEqual(vm.name, stream.labels.name)
        times = [point.t for point in stream.points]
        self.assertEqual({metric.step * 1000}, {b - a for a, b in zip(times, times[1:])})
        self.assertAlmostEqual(time.time(), times[-1] / 1000, delta=metric.step + 60)
        values = [point.v for point in stream.points]
        self.assertGreater(len(set(values)), len(values) / 2)
        self.assertTrue(all(0 <= value <= 100 for value in values))

    def test_stopped_vm(self):
        """A VM that doesn't run has no points"""
        metric = self.ask("get_vm_metrics", [CPU], vms={"id": self.a_vm()})[0].data
        self.assertEqual([], metric.sample_streams)

    def test_new_vm(self):
        """A VM has no points from before it ran"""
        vm_id = self.a_guest()
        metric = self.ask("get_vm_metrics", [CPU], vms={"id": vm_id}, range="7d")[0].data
        points = [point for stream in metric.sample_streams for point in stream.points]
        self.assertLessEqual(len(points), 1)

    def test_top(self):
        """The busiest VMs come in order, and are busier than the idlest"""
        clusters = {"id": self.cluster.id}
        operation = "get_top_nvm_volume_metrics"
        top = self.ask(operation, [CPU], clusters=clusters, n=5)[0].data.samples
        idle = self.ask(operation, [CPU], clusters=clusters, n=5, type="bottom")[0].data.samples
        values = [sample.point.v for sample in top]
        self.assertEqual(5, len(values))
        self.assertEqual(sorted(values, reverse=True), values)
        self.assertGreater(values[-1], idle[0].point.v)
        busiest = self.vm_api.get_vms({"where": {"local_id": top[0].labels.vm}})[0]
        self.assertEqual(VmStatus.RUNNING, busiest.status)

    def test_host_agrees_with_its_entity(self):
        """A host's memory is what the host shows"""
        host = HostApi(self.client).get_hosts({"where": {"running_vm_num_gt": 0}, "first": 1})[0]
        metrics = ["host_memory_usage_percent", "host_memory_used_bytes"]
        usage, used = self.ask("get_host_metrics", metrics, hosts={"id": host.id})
        used = used.data.sample_streams[0].points[-1].v
        usage = usage.data.sample_streams[0].points[-1].v
        self.assertAlmostEqual(100 * used / host.total_memory_bytes, usage, places=2)
        self.assertLess(used, host.total_memory_bytes)
        self.assertGreater(used, host.os_memory_bytes)

    def test_ranges(self):
        """Ranges in hours and days are heard, others refused with examples"""
        for usual in ("1h", "24h", "72h", "7d"):
            with self.subTest(usual):
                metric = self.ask("get_cluster_metrics", ["zbs_cluster_read_iops"], range=usual)
                self.assertNotEqual([], metric[0].data.sample_streams)
        with self.assertRaises(ApiException) as refused:
            self.ask("get_vm_metrics", [CPU], range="yesterday")
        self.assertEqual(400, refused.exception.status)
        for word in ("body.range", "yesterday", "24h"):
            self.assertIn(word, refused.exception.body)


class Clusters(TowerTest):
    """Clusters beyond their rows"""

    def test_storage(self):
        """What a cluster can still take depends on how often it is kept"""
        info = ClusterApi(self.client).get_cluster_storage_info(
            {"where": {"id": self.cluster.id}, "effect": {"replica": [2, 3]}}
        )[0]
        self.assertEqual(self.cluster.name, info.name)
        two, three = info.allocable_storage_capacity.replica
        self.assertEqual((2, 3), (two.replica_num, three.replica_num))
        self.assertAlmostEqual(two.capacity * 2, three.capacity * 3, delta=10)

    def test_meta_leader(self):
        """A cluster is led by one of its hosts"""
        leader = ClusterApi(self.client).get_meta_leader({"where": {"id": self.cluster.id}})[0]
        hosts = HostApi(self.client).get_hosts({"where": {"cluster": {"id": self.cluster.id}}})
        self.assertIn(leader.meta_leader, [host.data_ip for host in hosts])
