package io.belfry.operations.organization;

import io.belfry.operations.Decision;
import io.belfry.operations.Mutation;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.problem.ProblemException;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.DatacenterRow;
import io.belfry.store.rows.OrganizationRow;
import java.util.List;
import java.util.Map;

/// `delete-organization`: removes organisations without data centres. One must stay, as clients
/// take for granted that there is one.
final class DeleteOrganization implements Mutation {
  @Override
  public String path() {
    return "delete-organization";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    decision.transaction().exclude(List.of("organizations"));
    var organizations = decision.lock(OrganizationRow.TYPE, decision.body().object("where"));
    organizations.forEach(organization -> requireEmpty(decision, organization));
    var deleted =
        decision
            .transaction()
            .delete(OrganizationRow.TYPE, organizations.stream().map(OrganizationRow::id).toList());
    if (deleted > 0
        && decision.transaction().rows(OrganizationRow.TYPE, "LIMIT 1", List.of()).isEmpty()) {
      throw refused(organizations.getFirst(), "is the last one, and there must be one");
    }
    return organizations.stream().map(organization -> deleted(decision, organization)).toList();
  }

  private static void requireEmpty(Decision decision, OrganizationRow organization) {
    var datacenters =
        decision
            .transaction()
            .related(DatacenterRow.TYPE, "organization", List.of(organization.id()));
    if (!datacenters.isEmpty()) {
      throw refused(organization, "has datacenter " + datacenters.getFirst().name());
    }
  }

  private static ProblemException refused(OrganizationRow organization, String why) {
    return new Problem(
            ProblemCode.PRECONDITION,
            "Organization %s %s".formatted(organization.name(), why),
            Map.of("id", organization.id()))
        .asException();
  }

  private static Decided deleted(Decision decision, OrganizationRow organization) {
    return decision.done(
        new LocalizedText(
            "Delete organization " + organization.name(), "删除组织 " + organization.name()),
        decision.subject("Organization", organization.id(), "deleteOrganization", null));
  }
}
