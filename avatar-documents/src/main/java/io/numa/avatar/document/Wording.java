package io.numa.avatar.document;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;

/** The texts of a language's problems. */
public interface Wording {
  /** The problem of a key that the mapping at {@code at} does not know. */
  DocumentProblem unknownKey(Shape.Mapping mapping, JsonPointer at, String name);

  /** The problem of a key that is missing in the mapping at {@code at}. */
  DocumentProblem missingKey(Shape.Mapping mapping, JsonPointer at, Shape.Component key);

  /** Whether a key without a value counts as absent. */
  boolean nullIsAbsent();

  /** The message for a {@code node} that its place does not allow. */
  String unexpected(Shape shape, JsonNode node, JsonPointer at);
}
