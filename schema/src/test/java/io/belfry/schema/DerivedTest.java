package io.belfry.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Names are written out by hand here; only the suffixes of each kind are multiplied.
class DerivedTest {
  private static final List<String> ENUM = List.of("", "_not", "_in", "_not_in");
  private static final List<String> NUMBER =
      List.of("", "_not", "_in", "_not_in", "_lt", "_lte", "_gt", "_gte");
  private static final List<String> TEXT =
      List.of(
          "",
          "_not",
          "_in",
          "_not_in",
          "_lt",
          "_lte",
          "_gt",
          "_gte",
          "_contains",
          "_not_contains",
          "_starts_with",
          "_not_starts_with",
          "_ends_with",
          "_not_ends_with");
  private static final List<String> FLAG = List.of("", "_not");
  private static final List<String> TO_ONE = List.of("");
  private static final List<String> TO_MANY = List.of("_every", "_some", "_none");

  private final Schema schema = Schema.bundled();

  @Test
  void filtersVms() {
    assertThat(keys("Vm"))
        .containsExactlyInAnyOrderElementsOf(
            new Keys()
                .add(
                    TEXT,
                    """
                    bios_uuid cpu_model description dns_servers guest_cpu_model hostname id
                    internal_product internal_product_name ips kernel_info local_id name node_ip
                    original_name os vm_tools_version
                    """)
                .add(
                    NUMBER,
                    """
                    cpu_usage deleted_at guest_size_usage guest_used_size last_shutdown_time
                    local_created_at logical_size_bytes max_bandwidth max_iops memory memory_usage
                    provisioned_size size unique_logical_size unique_size used_size used_size_usage
                    vcpu
                    """)
                .add(
                    ENUM,
                    """
                    clock_offset entityAsyncStatus firmware guest_os_type ha_priority io_policy
                    max_bandwidth_policy max_iops_policy status video_type vm_tools_status vm_usage
                    """)
                .add(
                    FLAG,
                    """
                    anti_malware_enabled cloud_init_supported dpi_enabled ha in_recycle_bin internal
                    nested_virtualization protected win_opt
                    """)
                .add(TO_ONE, "cluster folder host isolation_policy snapshot_plan")
                .add(
                    TO_MANY,
                    """
                    backup_plans entity_filter_results gpu_devices labels pci_nics snapshots
                    usb_devices vm_disks vm_nics vm_placement_group
                    """)
                .all());
  }

  @Test
  void filtersHosts() {
    assertThat(keys("Host"))
        .containsExactlyInAnyOrderElementsOf(
            new Keys()
                .add(
                    TEXT,
                    """
                    access_ip chunk_id cpu_brand cpu_model cpu_vendor data_ip hypervisor_ip id
                    local_id management_ip model name node_topo_local_id os_version scvm_name serial
                    vmotion_ip
                    """)
                .add(
                    NUMBER,
                    """
                    allocable_cpu_cores_for_vm_exclusive allocatable_memory_bytes
                    allocated_prioritized_space allocated_prioritized_space_usage
                    commited_memory_bytes cpu_hz_per_core dirty_cache_space dirty_cache_usage
                    downgraded_prioritized_space failure_cache_space failure_data_space
                    hdd_data_capacity hdd_disk_count nic_count os_memory_bytes
                    perf_allocated_data_space perf_failure_data_space perf_total_data_capacity
                    perf_used_data_space perf_valid_data_space planned_prioritized_space
                    pmem_dimm_capacity pmem_dimm_count pmem_disk_count prio_space_percentage
                    provisioned_cpu_cores provisioned_memory_bytes running_pause_vm_memory_bytes
                    running_vm_num scvm_cpu scvm_memory ssd_data_capacity ssd_disk_count
                    stopped_vm_num suspended_vm_num total_cache_capacity total_cpu_cores total_cpu_hz
                    total_cpu_sockets total_data_capacity total_memory_bytes used_cache_space
                    used_cpu_hz used_data_space used_memory_bytes valid_cache_space
                    valid_free_cache_space vm_num
                    """)
                .add(
                    ENUM,
                    """
                    connect_status cpu_fan_speed_unit entityAsyncStatus iommu merged_status state
                    status
                    """)
                .add(
                    FLAG,
                    """
                    is_os_in_raid1 lsm_cap_disk_safe_umount nested_virtualization
                    with_faster_ssd_as_cache
                    """)
                .add(TO_ONE, "cluster ipmi vsphereEsxiAccount zone")
                .add(TO_MANY, "disk_pools disks gpu_devices labels nics pmem_dimms usb_devices vms")
                .all());
  }

  @Test
  void filtersLabels() {
    assertThat(keys("Label"))
        .contains("key", "key_contains", "value_not_ends_with", "createdAt_lte", "vm_num_gte")
        .contains("vms_every", "vms_some", "vms_none", "clusters_some")
        .doesNotContain("vms", "vms_in", "createdAt_contains", "vm_num_starts_with", "AND");
  }

  @Test
  void doesNotFilterByListsAndEmbeddedObjects() {
    assertThat(Derived.operators(schema.entity("Vm").field("cpu"))).isEmpty();
    assertThat(Derived.operators(schema.entity("Vm").field("out_uninstall_usb"))).isEmpty();
    assertThat(Derived.operators(schema.entity("Host").field("host_state"))).isEmpty();
    assertThat(Derived.operators(schema.entity("Host").field("cpu_fan_speed"))).isEmpty();
  }

  @Test
  void ordersByScalarsEnumsAndEmbeddedObjects() {
    assertThat(Derived.orders(schema.entity("Vm")))
        .contains("name_ASC", "name_DESC", "status_ASC", "local_created_at_DESC", "cpu_ASC")
        .doesNotContain("cluster_ASC", "vm_disks_ASC", "out_uninstall_usb_ASC")
        .doesNotHaveDuplicates();
    assertThat(Derived.orders(schema.entity("VmFolder")))
        .containsExactlyInAnyOrder(
            "id_ASC",
            "id_DESC",
            "local_id_ASC",
            "local_id_DESC",
            "name_ASC",
            "name_DESC",
            "vm_num_ASC",
            "vm_num_DESC");
  }

  @Test
  void filtersButDoesNotOrderByWhatIsNeverShown() {
    var group = schema.entity("SecurityGroup");
    assertThat(keys("SecurityGroup")).contains("exclude_ips_contains", "member_type_in");
    assertThat(Derived.orders(group)).doesNotContain("exclude_ips_ASC", "member_type_DESC");
    assertThat(group.shown()).extracting(Field::name).doesNotContain("exclude_ips", "ips");
  }

  @Test
  void listsAndCountsEveryEntityThatHasPaths() {
    assertThat(operations("Vm"))
        .containsExactly("getVms get-vms", "getVmsConnection get-vms-connection");
    assertThat(operations("Host"))
        .containsExactly("getHosts get-hosts", "getHostsConnection get-hosts-connection");
    assertThat(operations("Label"))
        .containsExactly("getLabels get-labels", "getLabelsConnection get-labels-connection");
    assertThat(operations("Ipmi")).containsExactly("getIpmis get-ipmis");
    assertThat(operations("GlobalSettings"))
        .containsExactly(
            "getGlobalSettingses get-global-settingses",
            "getGlobalSettingsesConnection get-global-settingses-connection");
  }

  @Test
  void namesTheTypesOfAnEntity() {
    var vm = schema.entity("Vm");
    assertThat(Derived.whereName(vm)).isEqualTo("VmWhereInput");
    assertThat(Derived.orderByName(vm)).isEqualTo("VmOrderByInput");
    assertThat(Derived.listRequestName(vm)).isEqualTo("GetVmsRequestBody");
    assertThat(Derived.connectionRequestName(vm)).isEqualTo("GetVmsConnectionRequestBody");
    assertThat(Derived.connectionName(vm)).isEqualTo("VmConnection");
    assertThat(Derived.nestedName(vm)).isEqualTo("NestedVm");
    assertThat(Derived.camelCase("content-library-images")).isEqualTo("ContentLibraryImages");
  }

  private List<String> keys(String entity) {
    return Derived.filterKeys(schema.entity(entity)).stream().map(Derived.FilterKey::key).toList();
  }

  private List<String> operations(String entity) {
    return Derived.operations(schema.entity(entity)).stream()
        .map(operation -> operation.name() + " " + operation.path())
        .toList();
  }

  /// Filter keys of fields that are filtered alike.
  private static final class Keys {
    private final List<String> keys = new ArrayList<>();

    Keys add(List<String> suffixes, String fields) {
      for (var field : fields.strip().split("\\s+")) {
        suffixes.forEach(suffix -> keys.add(field + suffix));
      }
      return this;
    }

    List<String> all() {
      return keys;
    }
  }
}
