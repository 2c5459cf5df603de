package io.belfry.codegen.sdk;

import io.belfry.schema.Schema;
import java.util.stream.Collectors;

/// `EntityShapes`: finds an entity's shape by its model's class. A switch, so that no reflection is
/// needed and no model is loaded that nobody asks for.
final class EntityShapesClass {
  private EntityShapesClass() {}

  static String of(Schema schema) {
    var cases =
        schema.entities().keySet().stream()
            .map(name -> "      case \"%1$s\" -> %2$s.%1$s.SHAPE;".formatted(name, Names.MODEL))
            .collect(Collectors.joining("\n"));
    return """
    package %s;

    /**
     * The shapes of all entities, by their models. Generated.
     */
    public final class EntityShapes {
      private EntityShapes() {}

      /**
       * The shape of a model.
       *
       * @throws IllegalArgumentException if the class is no entity's model
       */
      @SuppressWarnings("unchecked")
      public static <T> Shape<T> of(Class<T> model) {
        Object shape = switch (model.getPackageName().equals("%s") ? model.getSimpleName() : "") {
    %s
          default -> throw new IllegalArgumentException("no entity's model: " + model.getName());
        };
        return (Shape<T>) shape;
      }
    }
    """
        .formatted(Names.INTERNAL, Names.MODEL, cases);
  }
}
