package io.belfry.operations.protection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.belfry.operations.Site;
import io.belfry.problem.ProblemException;
import io.belfry.store.rows.BackupPlanEdit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is asked about plans that protect VMs.
final class ProtectionInquiriesTest {
  private final Site site = new Site();

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void plansAreListedWithoutTheirExecutions() {
    for (var name : new String[] {"daily", "weekly", "hourly"}) {
      site.store()
          .change(transaction ->
              transaction.insert(BackupPlanEdit.edit().id("plan-" + name).name(name)));
    }

    var answer =
        site.ask(
            "get-backup-plans-without-executions",
            "{'where': {'name_not': 'hourly'}, 'orderBy': 'name_DESC'}");

    assertThat(answer.size()).isEqualTo(2);
    assertThat(answer.get(0).required("name").textValue()).isEqualTo("weekly");
    assertThat(answer.get(0).has("vms")).isTrue();
    assertThat(answer.get(0).has("backup_plan_executions")).isFalse();
  }

  @Test
  void noPlansAreAnEmptyList() {
    assertThat(site.ask("get-replication-plans-without-executions", "{}").isArray()).isTrue();
    assertThat(site.ask("get-replication-plans-without-executions", "{}").size()).isZero();
  }

  @Test
  void refusesAnOrderThatPlansDoNotHave() {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(
            () -> site.ask("get-backup-plans-without-executions", "{'orderBy': 'size_ASC'}"))
        .withMessageContaining("size_ASC");
  }
}
