package io.belfry.cli.operation;

import io.belfry.cli.catalogue.Catalogue;
import io.belfry.cli.catalogue.Definition;
import io.belfry.cli.catalogue.Field;
import io.belfry.cli.catalogue.OperationEntry;
import io.belfry.cli.catalogue.TypeUse;
import io.belfry.cli.command.CommonOptions;
import io.belfry.sdk.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/// The fields of a request that have options of their own. A part of the request that holds what is
/// to be changed, `data`, lends its fields: `--name` is `data.name`. So does a `where` that names
/// one object by its id: `--id`.
///
/// @param fields those with an option
/// @param target the entity whose objects are acted on, chosen by `where`
record Arguments(List<Argument> fields, @Nullable Definition target) {
  private static final Set<String> PARTS = Set.of("data", "effect", "input", "where");
  private static final String WHERE = "where";

  /// A field and its option.
  ///
  /// @param part the part of the request that holds the field; absent if the request itself does
  record Argument(String option, Field field, @Nullable Field part) {
    /// Whether a request must say it, given what else it says.
    boolean isMissing(Map<String, Json> body) {
      if (!field.required()) {
        return false;
      }
      if (part == null) {
        return !body.containsKey(field.name());
      }
      var holder = body.getOrDefault(part.name(), part.required() ? Json.object() : Json.NULL);
      return holder.isObject() && !holder.has(field.name());
    }

    OptionSpec spec(Catalogue catalogue) {
      var spec = OptionSpec.builder(option).description(CommonOptions.escaped(description()));
      if (isFlag()) {
        return spec.type(Boolean.class).arity("0").negatable(true).build();
      }
      if (field.type().is(TypeUse.Kind.ENUM)) {
        spec.completionCandidates(catalogue.values(field.type().name()));
      }
      if (field.type().many()) {
        spec.type(List.class).auxiliaryTypes(String.class);
      } else {
        spec.type(String.class);
      }
      return spec.arity("1").paramLabel(label(catalogue)).build();
    }

    boolean isFlag() {
      return field.type().isScalar("BOOLEAN") && !field.type().many();
    }

    private String description() {
      var isRequired = field.required() && (part == null || part.required());
      var required = isRequired ? "Required. " : "";
      var repeated = field.type().many() ? " Repeat it for more." : "";
      return (required + field.doc() + repeated).strip();
    }

    private String label(Catalogue catalogue) {
      return switch (field.type().kind()) {
        case ENUM -> {
          var values = catalogue.values(field.type().name());
          yield values.size() <= 4 ? String.join("|", values) : field.type().name();
        }
        case WHERE -> "CONDITION";
        case INPUT, OBJECT, ENTITY, LIST_REQUEST -> "JSON";
        case SCALAR -> scalarLabel();
      };
    }

    private String scalarLabel() {
      return switch (field.type().name()) {
        case "INT", "LONG" -> field.isBytes() ? "BYTES" : "NUMBER";
        case "FLOAT" -> "NUMBER";
        case "DATE_TIME" -> "TIME";
        case "JSON" -> "JSON";
        case "UPLOAD" -> "FILE";
        default -> field.refers() == null ? "TEXT" : "NAME|ID";
      };
    }
  }

  /// @param taken names of options that have another meaning
  static Arguments of(Catalogue catalogue, OperationEntry operation, Set<String> taken) {
    var sent = operation.sent();
    if (sent == null || !sent.is(TypeUse.Kind.INPUT)) {
      return new Arguments(List.of(), null);
    }
    var names = new HashSet<>(taken);
    var fields = new ArrayList<Argument>();
    Definition target = null;
    for (var field : catalogue.definition(sent).fields()) {
      if (field.name().equals(WHERE) && field.type().is(TypeUse.Kind.WHERE)) {
        target = catalogue.definition(field.type());
      } else if (isPart(field)) {
        catalogue
            .definition(field.type())
            .fields()
            .forEach(each -> fields.add(argument(each, field, names)));
      } else {
        fields.add(argument(field, null, names));
      }
    }
    return new Arguments(List.copyOf(fields), target);
  }

  static boolean isPart(Field field) {
    return field.type().is(TypeUse.Kind.INPUT)
        && !field.type().many()
        && PARTS.contains(field.name());
  }

  private static Argument argument(Field field, @Nullable Field part, Set<String> names) {
    var kebab = kebab(field.name());
    var noun = field.refers() == null ? kebab : kebab.replaceAll("-ids?$", "");
    var prefix = part == null ? "request" : part.name();
    var option =
        List.of("--" + noun, "--" + kebab, "--" + prefix + "-" + kebab).stream()
            .filter(names::add)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no option is left for " + field.name()));
    return new Argument(option, field, part);
  }

  private static String kebab(String name) {
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-")
        .replace('_', '-')
        .toLowerCase(Locale.ROOT);
  }

  Optional<Definition> targets() {
    return Optional.ofNullable(target);
  }
}
