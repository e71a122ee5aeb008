package io.numa.avatar.document;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;

/** The words in which a language tells of problems. */
public interface Wording {
  /** Tells of a key that the mapping at {@code at} does not have. */
  DocumentProblem unknownKey(Shape.Mapping mapping, JsonPointer at, String name);

  /** Tells of a key that is missing in the mapping at {@code at}. */
  DocumentProblem missingKey(Shape.Mapping mapping, JsonPointer at, Shape.Component key);

  /** Whether a key without a value is as good as absent. */
  boolean nullIsAbsent();

  /** Tells that {@code node} is not what is expected at its place. */
  String unexpected(Shape shape, JsonNode node, JsonPointer at);
}
