package io.belfry.operations.protection;

import io.belfry.operations.Inquiry;
import io.belfry.operations.Question;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.store.rows.BackupRestorePointRow;
import java.util.Map;

/// `get-backup-restore-point-metadata`: what VM a restore point holds. Belfry makes no backups yet,
/// so there is hardly a restore point to ask for, and none holds a VM.
final class GetBackupRestorePointMetadata implements Inquiry {
  @Override
  public String path() {
    return "get-backup-restore-point-metadata";
  }

  @Override
  public Reply answer(Question question) {
    var where = question.body().object("where");
    var id =
        question.read(
            transaction -> question.requireUnique(transaction, BackupRestorePointRow.TYPE, where));
    throw new Problem(
            ProblemCode.PRECONDITION,
            "The restore point %s holds no VM: it was not made here".formatted(id),
            Map.of("id", id))
        .asException();
  }
}
