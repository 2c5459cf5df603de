package io.belfry.datacenter;

import io.belfry.store.rows.DatacenterEdit;
import io.belfry.store.rows.DeployEdit;
import io.belfry.store.rows.GlobalSettingsEdit;
import io.belfry.store.rows.LicenseEdit;
import io.belfry.store.rows.LicenseType;
import io.belfry.store.rows.OrganizationEdit;
import io.belfry.store.rows.ROLEACTION;
import io.belfry.store.rows.SoftwareEdition;
import io.belfry.store.rows.UserRoleNextEdit;
import io.belfry.store.rows.UserRolePlatform;
import io.belfry.store.rows.UserRolePreset;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// Makes what there is once: organisation, data centres, settings, licence, preset roles.
///
/// Users are not among it: who may log in is decided where passwords are kept.
final class TowerRows {
  /// The level of the API.
  private static final String VERSION = "4.8.0";

  private static final int RECYCLE_BIN_DAYS = 30;

  private final Construction construction;

  TowerRows(Construction construction) {
    this.construction = construction;
  }

  /// @return the ids of the data centres
  List<String> add() {
    var organization = construction.ids().cuid();
    construction.rows().add(OrganizationEdit.edit().id(organization).name("Default"));
    addDeployment();
    addSettings();
    addRoles();
    return List.of(
        addDatacenter(organization, "DC-Shanghai"), addDatacenter(organization, "DC-Beijing"));
  }

  private String addDatacenter(String organization, String name) {
    var id = construction.ids().cuid();
    construction
        .rows()
        .add(
            DatacenterEdit.edit()
                .id(id)
                .name(name)
                .organizationId(organization)
                .failureDataSpace(0L));
    return id;
  }

  private void addDeployment() {
    var license = construction.ids().cuid();
    construction
        .rows()
        .add(
            LicenseEdit.edit()
                .id(license)
                .licenseSerial(construction.ids().uuid())
                .type(LicenseType.SUBSCRIPTION)
                .softwareEdition(SoftwareEdition.ENTERPRISE)
                .signDate(construction.past().instant())
                .expireDate(construction.now().plus(Duration.ofDays(365)))
                .maxChunkNum(10_000)
                .maxClusterNum(1_000));
    construction
        .rows()
        .add(DeployEdit.edit().id(construction.ids().cuid()).version(VERSION).licenseId(license));
  }

  private void addSettings() {
    construction
        .rows()
        .add(
            GlobalSettingsEdit.edit()
                .id(construction.ids().cuid())
                .auth(
                    Json.object()
                        .put("access_mode", "NONE")
                        .put("enable_single_session_login", false)
                        .put("password_complexity", "LOW")
                        .set("access_list", Json.NONE))
                .vmRecycleBin(Json.object().put("enabled", true).put("retain", RECYCLE_BIN_DAYS)));
  }

  private void addRoles() {
    addRole("Root", UserRolePreset.ROOT, ROLEACTION.ANY);
    addRole("Administrator", UserRolePreset.ADMIN, ROLEACTION.ANY);
    addRole("Read-only user", UserRolePreset.READ_ONLY);
    addRole("Auditor", UserRolePreset.AUDITOR, ROLEACTION.MANAGE_AUDIT_LOG);
    addRole("User administrator", UserRolePreset.USER_ADMIN, ROLEACTION.MANAGE_USER_AND_ROLE);
    addRole(
        "VM user",
        UserRolePreset.VM_USER,
        ROLEACTION.CREATE_VM,
        ROLEACTION.UPDATE_VM,
        ROLEACTION.DELETE_VM,
        ROLEACTION.VM_OPERATION_VM_POWER,
        ROLEACTION.VM_OPERATION_MIGRATE,
        ROLEACTION.VM_OPERATION_CLONE,
        ROLEACTION.MANAGE_VM_SNAPSHOT,
        ROLEACTION.MANAGE_VM_VOLUME);
  }

  private void addRole(String name, UserRolePreset preset, ROLEACTION... actions) {
    construction
        .rows()
        .add(
            UserRoleNextEdit.edit()
                .id(construction.ids().cuid())
                .name(name)
                .platform(UserRolePlatform.MANAGEMENT)
                .preset(preset)
                .actions(Json.texts(Stream.of(actions).map(ROLEACTION::wire).toList())));
  }
}
