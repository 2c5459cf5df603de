package io.belfry.operations.protection;

import io.belfry.operations.Inquiry;
import io.belfry.store.rows.BackupPlanRow;
import io.belfry.store.rows.ReplicationPlanRow;
import java.util.List;

/// The inquiries about protection that are built.
public final class ProtectionInquiries {
  private ProtectionInquiries() {}

  public static List<Inquiry> all() {
    return List.of(
        new GetBackupRestorePointMetadata(),
        new PlansWithoutExecutions(
            "get-backup-plans-without-executions", BackupPlanRow.TYPE, "backup_plan_executions"),
        new PlansWithoutExecutions(
            "get-replication-plans-without-executions",
            ReplicationPlanRow.TYPE,
            "replication_plan_executions"));
  }
}
