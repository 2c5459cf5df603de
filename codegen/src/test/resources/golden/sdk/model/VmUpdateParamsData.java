package io.belfry.sdk.model;

import io.belfry.sdk.Json;
import io.belfry.sdk.internal.InputShape;
import io.belfry.sdk.internal.Model;
import io.belfry.sdk.internal.Values;
import org.jspecify.annotations.Nullable;

/**
 * The parameters {@code VmUpdateParamsData}.
 */
public final class VmUpdateParamsData extends Model {
  private static final InputShape SHAPE = new InputShape("VmUpdateParamsData", "cpu_cores", "cpu_sockets", "description", "ha", "ha_priority", "memory", "memory_unit", "name", "vcpu");

  private VmUpdateParamsData(Values values) {
    super(values);
  }

  public static Builder builder() {
    return new Builder();
  }

  /**
   * Collects {@link VmUpdateParamsData}.
   */
  public static final class Builder {
    private final Values.Builder values = new Values.Builder(SHAPE);

    private Builder() {
    }

    /**
     * Of each socket. With two of {@code vcpu}, {@code cpu_cores} and {@code cpu_sockets} the third follows; all three must agree. At least 1.
     */
    public Builder cpuCores(@Nullable Integer value) {
      values.set(0, value);
      return this;
    }

    /**
     * With two of {@code vcpu}, {@code cpu_cores} and {@code cpu_sockets} the third follows; all three must agree. At least 1.
     */
    public Builder cpuSockets(@Nullable Integer value) {
      values.set(1, value);
      return this;
    }

    public Builder description(@Nullable String value) {
      values.set(2, value);
      return this;
    }

    public Builder ha(@Nullable Boolean value) {
      values.set(3, value);
      return this;
    }

    public Builder haPriority(@Nullable VmHaPriority value) {
      values.set(4, value);
      return this;
    }

    /**
     * May not shrink while the VM runs. In bytes, unless {@code memory_unit} says otherwise. At least 1.
     */
    public Builder memory(@Nullable Long value) {
      values.set(5, value);
      return this;
    }

    /**
     * May not shrink while the VM runs. In bytes, unless {@code memory_unit} says otherwise. At least 1.
     */
    public Builder memory(long value) {
      values.set(5, value);
      return this;
    }

    public Builder memoryUnit(@Nullable ByteUnit value) {
      values.set(6, value);
      return this;
    }

    /**
     * Unique in the cluster. From 1 to 255 characters.
     */
    public Builder name(@Nullable String value) {
      values.set(7, value);
      return this;
    }

    /**
     * May not shrink while the VM runs. From 1 to 1024.
     */
    public Builder vcpu(@Nullable Integer value) {
      values.set(8, value);
      return this;
    }

    /**
     * Sets a field by its name in JSON, also one that the SDK doesn't know.
     */
    public Builder put(String field, Json value) {
      values.put(field, value);
      return this;
    }

    /**
     * @throws IllegalStateException if a field that must be there is not, naming it
     */
    public VmUpdateParamsData build() {
      return new VmUpdateParamsData(values.build());
    }
  }
}
