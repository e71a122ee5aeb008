package io.numa.avatar.backend.plan;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.document.DocumentProblem;
import io.numa.avatar.document.NearestName;
import io.numa.avatar.document.Shape;
import io.numa.avatar.document.Wording;
import java.util.List;

/**
 * The texts of problems of plans and project files.
 *
 * @param document what messages call the document as a whole
 * @param list what its lists have, in the plural
 */
record PlanWords(String document, String list) implements Wording {
  @Override
  public DocumentProblem unknownKey(Shape.Mapping mapping, JsonPointer at, String name) {
    String what =
        isStep(mapping)
            ? "there is no step '" + name + "'"
            : "'" + owner(mapping) + "' has no key '" + name + "'";
    List<String> known = mapping.names();
    String hint =
        NearestName.of(name, known)
            .map(nearest -> "; did you mean '" + nearest + "'?")
            .orElseGet(() -> "; known are " + String.join(", ", known));
    return new DocumentProblem(at.appendProperty(name), what + hint);
  }

  @Override
  public DocumentProblem missingKey(Shape.Mapping mapping, JsonPointer at, Shape.Component key) {
    return new DocumentProblem(at, "'" + owner(mapping) + "' needs the key '" + key.name() + "'");
  }

  @Override
  public boolean nullIsAbsent() {
    return true;
  }

  @Override
  public String unexpected(Shape shape, JsonNode node, JsonPointer at) {
    String found = PlanValues.describe(node);
    if (shape instanceof Shape.Mapping mapping) {
      String what = isStep(mapping) ? "a step" : "'" + owner(mapping) + "'";
      return what + " must be a mapping, not " + found;
    }
    if (shape instanceof Shape.Items) {
      return node.isArray()
          ? "is empty; a " + document + " needs at least one step"
          : "must be a list of " + list + ", not " + found;
    }
    return shape instanceof Shape.Leaf leaf
        ? "must be " + leaf.kind().expectation() + ", not " + found
        : "must be a mapping of names to texts, not " + found;
  }

  private static boolean isStep(Shape.Mapping mapping) {
    return mapping.type().equals(StepDocument.class);
  }

  private String owner(Shape.Mapping mapping) {
    return mapping.owner().isEmpty() ? document : mapping.owner();
  }
}
