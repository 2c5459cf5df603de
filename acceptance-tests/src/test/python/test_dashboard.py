"""场景示例 › Dashboard 构建"""

from collections import Counter

from cloudtower.api import AlertApi, ClusterApi, DatacenterApi, DiskApi, HostApi
from cloudtower.models import (
    ClusterType,
    DiskHealthStatus,
    DiskType,
    DiskUsageStatus,
    Hypervisor,
    SeverityEnum,
)

from tower import TowerTest

BYTE_UNITS = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"]
HZ_UNITS = ["Hz", "KHz", "MHz", "GHz", "THz"]

FAILED = [DiskHealthStatus.UNHEALTHY, DiskHealthStatus.SUBHEALTHY, DiskHealthStatus.SMART_FAILED]
UNUSED = [DiskUsageStatus.UNMOUNTED, DiskUsageStatus.PARTIAL_MOUNTED]


def format_unit(base, units, step=1024):
    if base <= 0:
        return "0" + units[0]
    for unit in units[:-1]:
        if base < step:
            return "{:.2f}{}".format(base, unit)
        base /= step
    return "{:.2f}{}".format(base, units[-1])


def percent(used, total):
    # The guide prints the ratio without making it a percentage, and divides by zero.
    return 100 * used / total if total else 0


def sum_of(objects, field):
    return sum(getattr(each, field) or 0 for each in objects)


class Dashboard(TowerTest):
    """Dashboard 构建"""

    def clusters(self, datacenter_id=None, cluster_id=None):
        """Those of a data centre, or one, or all: then where is null."""
        where = None
        if cluster_id is not None:
            where = {"id": cluster_id}
        elif datacenter_id is not None:
            where = {"datacenters_some": {"id": datacenter_id}}
        return ClusterApi(self.client).get_clusters({"where": where})

    def build_alerts(self, cluster_ids):
        alerts = AlertApi(self.client).get_alerts(
            {"where": {"ended": False, "cluster": {"id_in": cluster_ids}}}
        )
        # severity is a text; it compares with SeverityEnum because those are texts, too.
        return {
            severity: [alert for alert in alerts if alert.severity == severity]
            for severity in (SeverityEnum.CRITICAL, SeverityEnum.NOTICE, SeverityEnum.INFO)
        }

    def build_hdd_info(self, cluster_ids):
        disks = DiskApi(self.client).get_disks(
            {"where": {"host": {"cluster": {"id_in": cluster_ids}}}}
        )
        hdd = Counter(healthy=0, warning=0, error=0, total=0)
        for disk in disks:
            if disk.type != DiskType.HDD:
                continue
            hdd["total"] += 1
            if disk.health_status in FAILED:
                hdd["error"] += 1
            elif disk.usage_status in UNUSED:
                hdd["warning"] += 1
            else:
                hdd["healthy"] += 1
        return hdd

    def build_metrics(self, clusters):
        cluster_ids = [cluster.id for cluster in clusters]
        hypervisors = {cluster.id: cluster.hypervisor for cluster in clusters}
        hosts = [
            host
            for host in HostApi(self.client).get_hosts(
                {"where": {"cluster": {"id_in": cluster_ids}}}
            )
            if hypervisors[host.cluster.id] == Hypervisor.ELF
        ]
        computing = [cluster for cluster in clusters if cluster.type == ClusterType.SMTX_OS]
        vmware = [cluster for cluster in computing if cluster.hypervisor == Hypervisor.VMWARE]
        result = {
            "storage": {
                "total": sum_of(clusters, "total_data_capacity"),
                "used": sum_of(clusters, "used_data_space"),
                "invalid": sum_of(clusters, "failure_data_space"),
            }
        }
        # The guide leaves CPU and memory out where there is exactly one such cluster.
        if computing:
            result["cpu"] = {
                "cores": sum_of(computing, "total_cpu_cores"),
                "total": sum_of(computing, "total_cpu_hz"),
                "used": sum_of(computing, "used_cpu_hz"),
            }
            result["memory"] = {
                "total": sum_of(hosts, "total_memory_bytes")
                + sum_of(vmware, "total_memory_bytes"),
                "used": sum_of(hosts, "running_pause_vm_memory_bytes")
                + sum_of(hosts, "os_memory_bytes")
                + sum_of(vmware, "used_memory_bytes"),
            }
        return result

    def test_units(self):
        """定义工具方法"""
        self.assertEqual("0B", format_unit(0, BYTE_UNITS))
        self.assertEqual("1.50KiB", format_unit(1536, BYTE_UNITS))
        self.assertEqual("2.60GHz", format_unit(2_600_000_000, HZ_UNITS, 1000))

    def test_alerts(self):
        """构建报警信息"""
        ids = [cluster.id for cluster in self.clusters()]
        alerts = self.build_alerts(ids)
        for severity, found in alerts.items():
            self.assertNotEqual([], found, severity)
            for alert in found:
                self.assertFalse(alert.ended)
                self.assertIn(alert.cluster.id, ids)
        count = AlertApi(self.client).get_alerts_connection({"where": {"ended": False}})
        self.assertEqual(count.aggregate.count, sum(len(found) for found in alerts.values()))

    def test_disks(self):
        """构建硬盘信息"""
        hdd = self.build_hdd_info([cluster.id for cluster in self.clusters()])
        self.assertGreater(hdd["healthy"], hdd["error"] + hdd["warning"])
        self.assertGreater(hdd["error"], 0)
        self.assertGreater(hdd["warning"], 0)
        self.assertEqual(hdd["total"], hdd["healthy"] + hdd["warning"] + hdd["error"])
        one_cluster = self.build_hdd_info([self.cluster.id])
        self.assertLess(one_cluster["total"], hdd["total"])

    def test_metrics(self):
        """构建性能指标"""
        metrics = self.build_metrics(self.clusters())
        for name in ("cpu", "memory", "storage"):
            used = percent(metrics[name]["used"], metrics[name]["total"])
            self.assertGreater(used, 0, name)
            self.assertLess(used, 100, name)
        storage = metrics["storage"]
        available = storage["total"] - storage["used"] - storage["invalid"]
        self.assertGreater(available, 0)
        self.assertRegex(format_unit(available, BYTE_UNITS), r"^\d+\.\d\d[TP]iB$")
        self.assertGreater(metrics["cpu"]["cores"], 0)

    def test_storage_cluster(self):
        """构建性能指标: SMTX_ZBS"""
        storage_only = [each for each in self.clusters() if each.type == ClusterType.SMTX_ZBS]
        self.assertIsNone(storage_only[0].hypervisor)
        self.assertEqual(["storage"], list(self.build_metrics(storage_only)))

    def test_counters_follow(self):
        """构建性能指标: 随虚拟机变化"""
        before = self.clusters(cluster_id=self.cluster.id)[0]
        memory = self.build_metrics([before])["memory"]["used"]
        vm = self.vm(self.a_guest())
        after = self.clusters(cluster_id=self.cluster.id)[0]
        self.assertEqual(before.vm_num + 1, after.vm_num)
        self.assertEqual(before.running_vm_num + 1, after.running_vm_num)
        self.assertEqual(memory + vm.memory, self.build_metrics([after])["memory"]["used"])

    def test_dashboard(self):
        """构建 Dashboard"""
        everything = self.clusters()
        self.assertEqual(
            {ClusterType.SMTX_OS, ClusterType.SMTX_ZBS}, {each.type for each in everything}
        )
        self.assertEqual([self.cluster.id], self.ids(cluster_id=self.cluster.id))
        datacenters = DatacenterApi(self.client).get_datacenters({})
        spread = [each for datacenter in datacenters for each in self.ids(datacenter.id)]
        self.assertEqual(sorted(each.id for each in everything), sorted(spread))

    def ids(self, datacenter_id=None, cluster_id=None):
        return [cluster.id for cluster in self.clusters(datacenter_id, cluster_id)]
