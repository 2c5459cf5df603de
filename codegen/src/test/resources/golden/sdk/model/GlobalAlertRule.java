package io.belfry.sdk.model;

import io.belfry.sdk.BooleanField;
import io.belfry.sdk.EnumField;
import io.belfry.sdk.TextField;
import io.belfry.sdk.ToMany;
import io.belfry.sdk.internal.Model;
import io.belfry.sdk.internal.Shape;
import io.belfry.sdk.internal.Values;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When an alert is raised, for all clusters.
 * The constants are its fields, for queries.
 */
public final class GlobalAlertRule extends Model {
  public static final ToMany<GlobalAlertRule, AlertRule> ALERT_RULES = new ToMany<GlobalAlertRule, AlertRule>("alert_rules");

  public static final BooleanField<GlobalAlertRule> BOOLEAN = new BooleanField<GlobalAlertRule>("boolean");

  public static final TextField<GlobalAlertRule> CAUSE = new TextField<GlobalAlertRule>("cause");

  public static final BooleanField<GlobalAlertRule> DISABLED = new BooleanField<GlobalAlertRule>("disabled");

  public static final TextField<GlobalAlertRule> ID = new TextField<GlobalAlertRule>("id");

  public static final TextField<GlobalAlertRule> IMPACT = new TextField<GlobalAlertRule>("impact");

  public static final TextField<GlobalAlertRule> MESSAGE = new TextField<GlobalAlertRule>("message");

  public static final TextField<GlobalAlertRule> NAME = new TextField<GlobalAlertRule>("name");

  public static final EnumField<GlobalAlertRule, AlertRuleObject> OBJECT = new EnumField<GlobalAlertRule, AlertRuleObject>("object");

  public static final TextField<GlobalAlertRule> OPERATOR = new TextField<GlobalAlertRule>("operator");

  public static final TextField<GlobalAlertRule> SOLUTION = new TextField<GlobalAlertRule>("solution");

  public static final EnumField<GlobalAlertRule, AlertRuleUnit> UNIT = new EnumField<GlobalAlertRule, AlertRuleUnit>("unit");

  /**
   * For the SDK itself: how this is read.
   */
  public static final Shape<GlobalAlertRule> SHAPE = Shape.of("GlobalAlertRule")
      .objects(NestedAlertRule.SHAPE, "alert_rules")
      .booleans("boolean!")
      .text("cause!")
      .objects(Thresholds.SHAPE, "default_thresholds!")
      .booleans("disabled!")
      .text("id!", "impact!", "message!", "name!")
      .enumeration(AlertRuleObject::of, "object")
      .text("operator!", "solution!")
      .objects(Thresholds.SHAPE, "thresholds!")
      .enumeration(AlertRuleUnit::of, "unit!")
      .build(GlobalAlertRule::new);

  private GlobalAlertRule(Values values) {
    super(values);
  }

  public List<NestedAlertRule> alertRules() {
    return values.list(0);
  }

  /**
   * Whether it knows only yes and no; its thresholds are then without meaning.
   */
  public boolean boolean_() {
    return values.<Boolean>required(1);
  }

  public String cause() {
    return values.<String>required(2);
  }

  public List<Thresholds> defaultThresholds() {
    return values.list(3);
  }

  public boolean disabled() {
    return values.<Boolean>required(4);
  }

  public String id() {
    return values.<String>required(5);
  }

  public String impact() {
    return values.<String>required(6);
  }

  public String message() {
    return values.<String>required(7);
  }

  public String name() {
    return values.<String>required(8);
  }

  public @Nullable AlertRuleObject object() {
    return values.get(9);
  }

  /**
   * How the measured value is compared with a threshold.
   */
  public String operator() {
    return values.<String>required(10);
  }

  public String solution() {
    return values.<String>required(11);
  }

  /**
   * From which value on an alert has which severity.
   */
  public List<Thresholds> thresholds() {
    return values.list(12);
  }

  public AlertRuleUnit unit() {
    return values.<AlertRuleUnit>required(13);
  }
}
