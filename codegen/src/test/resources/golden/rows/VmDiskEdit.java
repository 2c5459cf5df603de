package io.belfry.store.rows;

import io.belfry.store.row.Edit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to write into a row of the entity VmDisk.
 */
public final class VmDiskEdit implements Edit {
  private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

  private VmDiskEdit() {
  }

  /**
   * An edit without any value yet.
   */
  public static VmDiskEdit edit() {
    return new VmDiskEdit();
  }

  @Override
  public String entity() {
    return "VmDisk";
  }

  @Override
  public Map<String, @Nullable Object> values() {
    return Collections.unmodifiableMap(values);
  }

  public VmDiskEdit boot(int boot) {
    return set("boot", boot);
  }

  public VmDiskEdit bus(Bus bus) {
    return set("bus", bus.wire());
  }

  public VmDiskEdit cloudInitImageName(@Nullable String cloudInitImageName) {
    return set("cloud_init_image_name", cloudInitImageName);
  }

  public VmDiskEdit cloudInitImagePath(@Nullable String cloudInitImagePath) {
    return set("cloud_init_image_path", cloudInitImagePath);
  }

  public VmDiskEdit device(@Nullable String device) {
    return set("device", device);
  }

  public VmDiskEdit disabled(@Nullable Boolean disabled) {
    return set("disabled", disabled);
  }

  public VmDiskEdit elfImageId(@Nullable String elfImageId) {
    return set("elf_image", elfImageId);
  }

  public VmDiskEdit id(String id) {
    return set("id", id);
  }

  public VmDiskEdit key(@Nullable Integer key) {
    return set("key", key);
  }

  public VmDiskEdit maxBandwidth(@Nullable Long maxBandwidth) {
    return set("max_bandwidth", maxBandwidth);
  }

  public VmDiskEdit maxBandwidthPolicy(@Nullable VmDiskIoRestrictType maxBandwidthPolicy) {
    return set("max_bandwidth_policy", maxBandwidthPolicy == null ? null : maxBandwidthPolicy.wire());
  }

  public VmDiskEdit maxIops(@Nullable Integer maxIops) {
    return set("max_iops", maxIops);
  }

  public VmDiskEdit maxIopsPolicy(@Nullable VmDiskIoRestrictType maxIopsPolicy) {
    return set("max_iops_policy", maxIopsPolicy == null ? null : maxIopsPolicy.wire());
  }

  public VmDiskEdit serial(@Nullable String serial) {
    return set("serial", serial);
  }

  public VmDiskEdit svtImageId(@Nullable String svtImageId) {
    return set("svt_image", svtImageId);
  }

  public VmDiskEdit type(VmDiskType type) {
    return set("type", type.wire());
  }

  public VmDiskEdit unsafeImagePath(@Nullable String unsafeImagePath) {
    return set("unsafe_image_path", unsafeImagePath);
  }

  public VmDiskEdit unsafeImageUuid(@Nullable String unsafeImageUuid) {
    return set("unsafe_image_uuid", unsafeImageUuid);
  }

  public VmDiskEdit unsafeProvision(@Nullable String unsafeProvision) {
    return set("unsafe_provision", unsafeProvision);
  }

  public VmDiskEdit vmId(String vmId) {
    return set("vm", vmId);
  }

  public VmDiskEdit vmVolumeId(@Nullable String vmVolumeId) {
    return set("vm_volume", vmVolumeId);
  }

  private VmDiskEdit set(String field, @Nullable Object value) {
    values.put(field, value);
    return this;
  }
}
