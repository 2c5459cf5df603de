package io.belfry.server.auth;

import io.belfry.operations.Caller;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.store.Store;
import java.util.List;
import java.util.Map;

/// Knows who may do what concerns the whole installation: users whose role is ROOT or ADMIN, or was
/// made from a preset of that name.
public final class Administrators {
  private final Store store;

  public Administrators(Store store) {
    this.store = store;
  }

  /// Refuses everybody else.
  ///
  /// @param what is asked for, as in "… is for administrators"
  /// @throws io.belfry.problem.ProblemException `FORBIDDEN`
  public void require(Caller caller, String what) {
    if (!include(caller.userId())) {
      throw new Problem(
              ProblemCode.FORBIDDEN,
              "%s is for administrators: %s must have the role ROOT or ADMIN"
                  .formatted(what, caller.username()),
              Map.of("user", caller.username()))
          .asException();
    }
  }

  private boolean include(String userId) {
    var found =
        store.query(
            """
            SELECT u.id
            FROM tower."user" AS u
            WHERE u.id = ?
              AND (u.role IN ('ROOT', 'ADMIN')
                OR EXISTS (
                  SELECT
                  FROM tower.user__roles AS pair
                  JOIN tower.user_role_next AS role ON role.id = pair.to_id
                  WHERE pair.from_id = u.id
                    AND role.preset IN ('ROOT', 'ADMIN')))
            """,
            List.of(userId),
            row -> row.text(1));
    return !found.isEmpty();
  }
}
