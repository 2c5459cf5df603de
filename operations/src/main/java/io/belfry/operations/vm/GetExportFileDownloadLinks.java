package io.belfry.operations.vm;

import io.belfry.operations.Inquiry;
import io.belfry.operations.Question;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.store.rows.VmExportFileRow;
import java.util.Map;

/// `get-export-file-download-links`: where to get the files of an exported VM. Belfry exports none
/// yet, so there is hardly an export to ask for, and none has files.
public final class GetExportFileDownloadLinks implements Inquiry {
  @Override
  public String path() {
    return "get-export-file-download-links";
  }

  @Override
  public Reply answer(Question question) {
    var where = question.body().object("where");
    var id =
        question.read(
            transaction -> question.requireUnique(transaction, VmExportFileRow.TYPE, where));
    throw new Problem(
            ProblemCode.PRECONDITION,
            "The export %s has no files: it was not made here".formatted(id),
            Map.of("id", id))
        .asException();
  }
}
