package io.belfry.sdk.model;

import io.belfry.sdk.Condition;
import io.belfry.sdk.Json;
import io.belfry.sdk.internal.InputShape;
import io.belfry.sdk.internal.Model;
import io.belfry.sdk.internal.Values;
import org.jspecify.annotations.Nullable;

/**
 * The parameters {@code VmMigrateParams}.
 */
public final class VmMigrateParams extends Model {
  private static final InputShape SHAPE = new InputShape("VmMigrateParams", "data", "where!");

  private VmMigrateParams(Values values) {
    super(values);
  }

  public static Builder builder() {
    return new Builder();
  }

  /**
   * Collects {@link VmMigrateParams}.
   */
  public static final class Builder {
    private final Values.Builder values = new Values.Builder(SHAPE);

    private Builder() {
    }

    /**
     * Absent lets the scheduler choose hosts.
     */
    public Builder data(@Nullable VmMigrateParamsData value) {
      values.set(0, value);
      return this;
    }

    /**
     * All VMs that match; none is no error.
     */
    public Builder where(Condition<Vm> value) {
      values.set(1, value);
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
    public VmMigrateParams build() {
      return new VmMigrateParams(values.build());
    }
  }
}
