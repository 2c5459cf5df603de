package io.belfry.store.rows;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.row.RowType;
import io.belfry.store.row.Values;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of the entity Alert.
 */
public record AlertRow(Values values) {
  public static final RowType<AlertRow> TYPE = new RowType<>("Alert", AlertRow::new);

  public @Nullable String alertRuleId() {
    return values.textOrNull("alert_rule");
  }

  public LocalizedText cause() {
    return values.localized("cause");
  }

  public @Nullable String clusterId() {
    return values.textOrNull("cluster");
  }

  public @Nullable Instant createTime() {
    return values.instantOrNull("create_time");
  }

  public @Nullable String diskId() {
    return values.textOrNull("disk");
  }

  public boolean ended() {
    return values.booleanValue("ended");
  }

  public @Nullable String hostId() {
    return values.textOrNull("host");
  }

  public String id() {
    return values.text("id");
  }

  public LocalizedText impact() {
    return values.localized("impact");
  }

  public JsonNode labels() {
    return values.json("labels");
  }

  public Instant localCreateTime() {
    return values.instant("local_create_time");
  }

  public String localEndTime() {
    return values.text("local_end_time");
  }

  public String localId() {
    return values.text("local_id");
  }

  public String localStartTime() {
    return values.text("local_start_time");
  }

  public String localUpdateTime() {
    return values.text("local_update_time");
  }

  public LocalizedText message() {
    return values.localized("message");
  }

  public String severity() {
    return values.text("severity");
  }

  public LocalizedText solution() {
    return values.localized("solution");
  }

  public double threshold() {
    return values.doubleValue("threshold");
  }

  public double value() {
    return values.doubleValue("value");
  }
}
