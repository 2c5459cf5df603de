package io.belfry.operations.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.operations.Site;
import io.belfry.schema.Schema;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CreationTest {
  private static final String UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

  private final Site site = new Site();
  private final JsonNode cluster = site.first("Cluster", "{'hypervisor': 'ELF'}");
  private final String clusterId = cluster.path("id").asText();

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void createsABlankVmWithItsDevices() throws InterruptedException {
    var answer =
        site.call(
            "create-vm",
            "[%s]"
                .formatted(
                    blank(
                        "new",
                        """
                        'vm_nics': [{'connect_vlan_id': '%s', 'mirror': true}],
                        'vm_disks': {
                          'mount_cd_roms': [{'boot': 1, 'index': 0}],
                          'mount_new_create_disks': [{'boot': 0, 'bus': 'VIRTIO', 'vm_volume': {
                            'name': 'new-1', 'size': 10, 'size_unit': 'GB',
                            'elf_storage_policy': 'REPLICA_2_THIN_PROVISION'}}]}
                        """
                            .formatted(vlanId()))));
    var placeholder = answer.path(0).path("data");
    site.await(1);

    assertThat(placeholder.path("entityAsyncStatus").asText()).isEqualTo("CREATING");
    assertThat(placeholder.path("local_id").asText()).startsWith("placeholder-");
    assertThat(site.task(answer.path(0)).description().enUs()).isEqualTo("Create a VM new");
    var vm = site.vmById(placeholder.path("id").asText());
    assertThat(vm.path("local_id").asText()).matches(UUID);
    assertThat(vm.path("status").asText()).isEqualTo("STOPPED");
    assertThat(vm.path("entityAsyncStatus").isNull()).isTrue();
    assertThat(vm.path("vm_tools_status").asText()).isEqualTo("NOT_INSTALLED");
    assertThat(vm.path("provisioned_size").longValue()).isEqualTo(10L << 30);
    assertThat(vm.path("host").path("id").isTextual()).isTrue();
    var disks =
        site.list(
            "VmDisk",
            "{'where': {'vm': {'id': '%s'}}, 'orderBy': 'boot_ASC'}"
                .formatted(vm.path("id").asText()));
    assertThat(disks)
        .extracting(disk -> disk.path("type").asText())
        .containsExactly("DISK", "CD_ROM");
    var volume =
        site.first(
            "VmVolume",
            "{'id': '%s'}".formatted(disks.getFirst().path("vm_volume").path("id").asText()));
    assertThat(volume.path("mounting").booleanValue()).isTrue();
    assertThat(volume.path("entityAsyncStatus").isNull()).isTrue();
    var nic = site.first("VmNic", "{'vm': {'id': '%s'}}".formatted(vm.path("id").asText()));
    assertThat(nic.path("mac_address").asText()).startsWith("52:54:00:");
    assertThat(nic.path("mirror").booleanValue()).isTrue();
  }

  @Test
  void startsANewVmThatShallRun() throws InterruptedException {
    var body = blank("running", "'vm_nics': [], 'vm_disks': {}").replace("STOPPED", "RUNNING");

    var ids = site.done("create-vm", "[%s]".formatted(body));

    assertThat(site.vmById(ids.getFirst()).path("status").asText()).isEqualTo("RUNNING");
  }

  @Test
  void createsNothingIfOneOfABatchIsRefused() {
    var good = blank("good", "'vm_nics': [], 'vm_disks': {}");
    var bad = blank("good", "'vm_nics': [], 'vm_disks': {}");

    assertThatThrownBy(() -> site.call("create-vm", "[%s, %s]".formatted(good, bad)))
        .hasMessageContaining("VM_DUPLICATE")
        .hasMessageContaining("good");
    assertThat(site.list("Vm", "{'where': {'name': 'good'}}")).isEmpty();
  }

  @Test
  void removesTheVmAgainIfNoHostHasTheMemory() throws InterruptedException {
    var body =
        blank("huge", "'vm_nics': [], 'vm_disks': {}")
            .replace("STOPPED", "RUNNING")
            .replace("'memory': 4", "'memory': 400000");

    var task = site.failed("create-vm", "[%s]".formatted(body));

    assertThat(task.errorMessage()).contains("HostAvailableMemoryFilter");
    assertThat(site.list("Vm", "{'where': {'name': 'huge'}}")).isEmpty();
  }

  @Test
  void namesTheMissingField() {
    assertThatThrownBy(() -> site.call("create-vm", "[{'name': 'x'}]"))
        .hasMessageContaining("body[0].")
        .hasMessageContaining("is required");
  }

  @Test
  void createsFromATemplateWithItsGuest() throws InterruptedException {
    var template = cloudInitTemplate();

    var ids =
        site.done(
            "create-vm-from-content-library-template",
            "[{'template_id': '%s', 'cluster_id': '%s', 'name': 'from-template', 'is_full_copy': false, 'status': 'RUNNING'}]"
                .formatted(template.path("id").asText(), clusterId));

    var vm = site.vmById(ids.getFirst());
    assertThat(vm.path("status").asText()).isEqualTo("RUNNING");
    assertThat(vm.path("memory")).isEqualTo(template.path("memory"));
    assertThat(vm.path("vcpu")).isEqualTo(template.path("vcpu"));
    assertThat(vm.path("vm_tools_status").asText()).isEqualTo("RUNNING");
    assertThat(vm.path("ips").asText()).isNotEmpty();
  }

  @Test
  void replacesTheDisksOfATemplate() throws InterruptedException {
    var ids =
        site.done(
            "create-vm-from-content-library-template",
            """
            [{'template_id': '%s', 'cluster_id': '%s', 'name': 'other-disks', 'is_full_copy': true,
              'disk_operate': {
                'remove_disks': {'disk_index': [0]},
                'new_disks': {
                  'mount_cd_roms': [{'boot': 2, 'content_library_image_id': ''}],
                  'mount_new_create_disks': [{'boot': 4, 'bus': 'SCSI', 'vm_volume': {
                    'name': 'test', 'size': 10737418240,
                    'elf_storage_policy': 'REPLICA_2_THIN_PROVISION'}}]}}}]
            """
                .formatted(cloudInitTemplate().path("id").asText(), clusterId));

    var disks = site.list("VmDisk", "{'where': {'vm': {'id': '%s'}}}".formatted(ids.getFirst()));
    assertThat(disks)
        .extracting(disk -> disk.path("bus").asText())
        .containsExactlyInAnyOrder("IDE", "SCSI");
  }

  @Test
  void configuresTheGuestAtItsFirstBoot() throws InterruptedException {
    var ids =
        site.done(
            "create-vm-from-content-library-template",
            """
            [{'template_id': '%s', 'cluster_id': '%s', 'name': 'configured', 'is_full_copy': false,
              'status': 'RUNNING',
              'cloud_init': {
                'hostname': 'configured-1', 'default_user_password': 'secret',
                'nameservers': ['192.168.1.1'],
                'networks': [{'nic_index': 0, 'ip_address': '192.168.7.7', 'netmask': '255.255.255.0',
                  'routes': [{'network': '0.0.0.0', 'netmask': '0.0.0.0', 'gateway': '192.168.7.1'}]}]}}]
            """
                .formatted(cloudInitTemplate().path("id").asText(), clusterId));

    var vm = site.vmById(ids.getFirst());
    assertThat(vm.path("ips").asText()).isEqualTo("192.168.7.7");
    assertThat(vm.path("hostname").asText()).isEqualTo("configured-1");
    assertThat(vm.path("dns_servers").asText()).isEqualTo("192.168.1.1");
    var nic = site.first("VmNic", "{'vm': {'id': '%s'}}".formatted(ids.getFirst()));
    assertThat(nic.path("gateway").asText()).isEqualTo("192.168.7.1");
  }

  @Test
  void failsTheTaskOverCloudInitThatMakesNoSense() throws InterruptedException {
    var task =
        site.failed(
            "create-vm-from-content-library-template",
            """
            [{'template_id': '%s', 'cluster_id': '%s', 'name': 'wrong', 'is_full_copy': false,
              'cloud_init': {'networks': [{'nic_index': 0, 'type': 'IPV4', 'ip_address': 'nowhere',
                'netmask': '255.255.255.0'}]}}]
            """
                .formatted(cloudInitTemplate().path("id").asText(), clusterId));

    assertThat(task.errorMessage()).contains("[VM_CLOUD_INIT_CONFIG_ERROR]");
    assertThat(site.list("Vm", "{'where': {'name': 'wrong'}}")).isEmpty();
    assertThat(site.list("VmVolume", "{'where': {'name_starts_with': 'wrong-'}}")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"hostname", "user_data", "nameservers", "public_keys"})
  void failsTheTaskBeyondTheLimitsOfCloudInit(String field) throws InterruptedException {
    var fields = Schema.bundled().input("TemplateCloudInit").fields();
    var limits = Objects.requireNonNull(fields.get(field), field).marks().limits();
    var isList = !limits.items().isAny();
    var most = (int) (isList ? limits.items().most() : limits.length().most());

    site.done("create-vm-from-content-library-template", cloudInit(field, isList, most));
    var task =
        site.failed("create-vm-from-content-library-template", cloudInit(field, isList, most + 1));

    assertThat(limits.late()).isTrue();
    assertThat(task.errorMessage()).contains("[VM_CLOUD_INIT_CONFIG_ERROR]");
  }

  private String cloudInit(String field, boolean isList, int size) {
    var value =
        isList
            ? "['1.1.1.1'" + ", '1.1.1.1'".repeat(size - 1) + "]"
            : "'" + ("x".repeat(9) + ".").repeat(size / 10 + 1).substring(0, size) + "'";
    return """
    [{'template_id': '%s', 'cluster_id': '%s', 'name': 'limit-%s', 'is_full_copy': false,
      'cloud_init': {'%s': %s}}]
    """
        .formatted(cloudInitTemplate().path("id").asText(), clusterId, size, field, value);
  }

  @Test
  void refusesASizeThatNoVolumeCanHave() {
    assertThatThrownBy(() ->
            site.call(
                "create-vm-volume",
                """
                [{'cluster_id': '%s', 'name': 'endless', 'size': 1, 'size_unit': 'PB',
                  'elf_storage_policy': 'REPLICA_2_THIN_PROVISION', 'sharing': false}]
                """
                    .formatted(clusterId)))
        .hasMessage("body[0].size, in bytes, must be from 1 to 70368744177664, not 1 PB");
    assertThat(site.list("VmVolume", "{'where': {'name': 'endless'}}")).isEmpty();
  }

  @Test
  void createsAVolumeThatNoVmHas() throws InterruptedException {
    var ids =
        site.done(
            "create-vm-volume",
            """
            [{'cluster_id': '%s', 'name': 'lonely', 'size': 5, 'size_unit': 'GB', 'sharing': false,
              'elf_storage_policy': 'REPLICA_3_THICK_PROVISION'}]
            """
                .formatted(clusterId));

    var volume = site.first("VmVolume", "{'id': '%s'}".formatted(ids.getFirst()));
    assertThat(volume.path("mounting").booleanValue()).isFalse();
    assertThat(volume.path("size").longValue()).isEqualTo(5L << 30);
    assertThat(volume.path("lun").path("id").isTextual()).isTrue();
    assertThat(volume.path("path").asText()).startsWith("iscsi://");
  }

  @Test
  void numbersTheLunsOfOneRequestApart() throws InterruptedException {
    var one =
        "{'cluster_id': '%s', 'name': 'v', 'size': 1073741824, 'sharing': false, 'elf_storage_policy': 'REPLICA_2_THIN_PROVISION'}"
            .formatted(clusterId);

    var ids = site.done("create-vm-volume", "[%s, %s]".formatted(one, one));

    var paths =
        ids.stream()
            .map(id -> site.first("VmVolume", "{'id': '%s'}".formatted(id)).path("path").asText())
            .toList();
    assertThat(paths).doesNotHaveDuplicates().hasSize(2);
  }

  private JsonNode cloudInitTemplate() {
    return site.first("ContentLibraryVmTemplate", "{'cloud_init_supported': true}");
  }

  private String vlanId() {
    return site.first(
            "Vlan",
            "{'name': 'default', 'vds': {'cluster': {'id': '%s'}, 'internal': false}}"
                .formatted(clusterId))
        .path("id")
        .asText();
  }

  private String blank(String name, String devices) {
    return """
    {'cluster_id': '%s', 'name': '%s', 'ha': true, 'cpu_cores': 2, 'cpu_sockets': 2, 'vcpu': 4,
     'memory': 4, 'memory_unit': 'GB', 'status': 'STOPPED', 'firmware': 'BIOS', %s}
    """
        .formatted(clusterId, name, devices);
  }
}
