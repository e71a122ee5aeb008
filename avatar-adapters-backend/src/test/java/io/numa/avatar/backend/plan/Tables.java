package io.numa.avatar.backend.plan;

import io.numa.avatar.document.Shape;
import java.util.List;
import java.util.stream.Stream;

/** The paths of all keys of the language, such as {@code steps.edit.find}. */
final class Tables {
  private Tables() {}

  static Stream<String> paths() {
    return paths("", PlanLanguage.PLAN.root());
  }

  /** All kinds of steps. */
  static List<Shape.Component> verbs() {
    var steps = (Shape.Items) key(PlanLanguage.PLAN.root(), "steps").shape();
    return ((Shape.Mapping) steps.item()).keys().stream().filter(PlanLanguage::isVerb).toList();
  }

  /** The keys of a part of a plan. */
  static List<String> keysOf(Shape.Component part) {
    return ((Shape.Mapping) part.shape()).names();
  }

  static Shape.Component key(Shape.Mapping mapping, String name) {
    return mapping.find(name).orElseThrow();
  }

  private static Stream<String> paths(String prefix, Shape shape) {
    if (shape instanceof Shape.Items items) {
      return paths(prefix, items.item());
    }
    return shape instanceof Shape.Mapping mapping
        ? mapping.keys().stream()
            .flatMap(
                key ->
                    Stream.concat(
                        Stream.of(prefix + key.name()),
                        paths(prefix + key.name() + ".", key.shape())))
        : Stream.empty();
  }
}
