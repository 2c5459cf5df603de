"""iSCSI targets, LUNs and their snapshots, which the guide shows only for backups."""

from cloudtower import IscsiLunApi, IscsiLunSnapshotApi, IscsiTargetApi

from tower import GIB, TowerTest, a_name


class Iscsi(TowerTest):
    """iSCSI"""

    def setUp(self):
        self.target_api = IscsiTargetApi(self.client)
        self.lun_api = IscsiLunApi(self.client)
        self.snapshot_api = IscsiLunSnapshotApi(self.client)
        self.target_id = self.done(
            self.target_api.create_iscsi_target(
                [
                    {
                        "cluster_id": self.cluster.id,
                        "name": a_name("target"),
                        "thin_provision": True,
                        "replica_num": 2,
                        "stripe_num": 4,
                        "stripe_size": 262144,
                    }
                ]
            )
        )[0]

    def a_lun(self):
        return self.done(
            self.lun_api.create_iscsi_lun(
                [
                    {
                        "iscsi_target_id": self.target_id,
                        "name": a_name("lun"),
                        "replica_num": 2,
                        "assigned_size": GIB,
                    }
                ]
            )
        )[0]

    def lun(self, lun_id):
        return self.lun_api.get_iscsi_luns({"where": {"id": lun_id}})[0]

    def test_targets_and_luns(self):
        """iSCSI Target, LUN: 创建, 编辑, 删除"""
        lun_id = self.a_lun()
        self.done(
            self.target_api.update_iscsi_target(
                {"where": {"id": self.target_id}, "data": {"description": "edited"}}
            )
        )
        self.done(
            self.lun_api.update_iscsi_lun(
                {"where": {"id": lun_id}, "data": {"name": "grown", "assigned_size": 2 * GIB}}
            )
        )
        target = self.target_api.get_iscsi_targets({"where": {"id": self.target_id}})[0]
        self.assertEqual(("edited", 1), (target.description, target.iscsi_luns_num))
        self.assertEqual(("grown", 2 * GIB), (self.lun(lun_id).name, self.lun(lun_id).assigned_size))
        self.done(
            self.lun_api.delete_iscsi_lun(
                {"where": {"id": lun_id}, "data": {"remove_snapshot": True}}
            )
        )
        self.done(self.target_api.delete_iscsi_target({"where": {"id": self.target_id}}))
        self.assertEqual(
            [], self.target_api.get_iscsi_targets({"where": {"id": self.target_id}})
        )

    def test_snapshots(self):
        """iSCSI LUN 快照: 创建, 回滚, 克隆 (without a name), 删除"""
        lun_id = self.a_lun()
        snapshot_id = self.done(
            self.snapshot_api.create_iscsi_lun_snapshot(
                [
                    {
                        "iscsi_lun_id": lun_id,
                        "iscsi_target_id": self.target_id,
                        "name": a_name("snapshot"),
                    }
                ]
            )
        )[0]
        self.done(
            self.lun_api.rollback_iscsi_lun_from_snapshot(
                [{"lun_id": lun_id, "snapshot_id": snapshot_id}]
            )
        )
        clone_id = self.done(
            self.lun_api.clone_iscsi_lun_from_snapshot(
                [{"iscsi_target_id": self.target_id, "snapshot_id": snapshot_id}]
            )
        )[0]
        copy_id = self.done(
            self.lun_api.copy_iscsi_lun([{"src_lun_id": lun_id, "name": a_name("copy")}])
        )[0]
        self.assertEqual([GIB] * 2, [self.lun(id).assigned_size for id in (clone_id, copy_id)])
        self.done(
            self.snapshot_api.delete_iscsi_lun_snapshot({"where": {"id": snapshot_id}})
        )
        self.done(
            self.lun_api.delete_iscsi_lun({"where": {"id_in": [lun_id, clone_id, copy_id]}})
        )
        self.assertEqual(
            [], self.lun_api.get_iscsi_luns({"where": {"iscsi_target": {"id": self.target_id}}})
        )
