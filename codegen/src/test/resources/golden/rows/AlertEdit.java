package io.belfry.store.rows;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.store.row.Edit;
import io.belfry.store.row.LocalizedText;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to write into a row of the entity Alert.
 */
public final class AlertEdit implements Edit {
  private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

  private AlertEdit() {
  }

  /**
   * An edit without any value yet.
   */
  public static AlertEdit edit() {
    return new AlertEdit();
  }

  @Override
  public String entity() {
    return "Alert";
  }

  @Override
  public Map<String, @Nullable Object> values() {
    return Collections.unmodifiableMap(values);
  }

  public AlertEdit alertRuleId(@Nullable String alertRuleId) {
    return set("alert_rule", alertRuleId);
  }

  public AlertEdit cause(LocalizedText cause) {
    return set("cause", cause);
  }

  public AlertEdit clusterId(@Nullable String clusterId) {
    return set("cluster", clusterId);
  }

  public AlertEdit createTime(@Nullable Instant createTime) {
    return set("create_time", createTime);
  }

  public AlertEdit diskId(@Nullable String diskId) {
    return set("disk", diskId);
  }

  public AlertEdit ended(boolean ended) {
    return set("ended", ended);
  }

  public AlertEdit hostId(@Nullable String hostId) {
    return set("host", hostId);
  }

  public AlertEdit id(String id) {
    return set("id", id);
  }

  public AlertEdit impact(LocalizedText impact) {
    return set("impact", impact);
  }

  public AlertEdit labels(JsonNode labels) {
    return set("labels", labels);
  }

  public AlertEdit localCreateTime(Instant localCreateTime) {
    return set("local_create_time", localCreateTime);
  }

  public AlertEdit localEndTime(String localEndTime) {
    return set("local_end_time", localEndTime);
  }

  public AlertEdit localId(String localId) {
    return set("local_id", localId);
  }

  public AlertEdit localStartTime(String localStartTime) {
    return set("local_start_time", localStartTime);
  }

  public AlertEdit localUpdateTime(String localUpdateTime) {
    return set("local_update_time", localUpdateTime);
  }

  public AlertEdit message(LocalizedText message) {
    return set("message", message);
  }

  public AlertEdit severity(String severity) {
    return set("severity", severity);
  }

  public AlertEdit solution(LocalizedText solution) {
    return set("solution", solution);
  }

  public AlertEdit threshold(double threshold) {
    return set("threshold", threshold);
  }

  public AlertEdit value(double value) {
    return set("value", value);
  }

  private AlertEdit set(String field, @Nullable Object value) {
    values.put(field, value);
    return this;
  }
}
