package io.numa.avatar.backend.plan;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.numa.avatar.plan.PlanProblem;
import java.io.IOException;
import java.util.List;

/**
 * Builds a tree from a parser's tokens. Jackson's own way would keep the last of several keys
 * without a word, and take a YAML alias for text. Aliases are refused: a few lines of them make
 * trees of any size.
 */
final class TreeBuilder {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final JsonParser parser;
  private final Place root = Place.root();
  private boolean hasSteps;

  TreeBuilder(JsonParser parser) {
    this.parser = parser;
  }

  /** The one value of the document; missing where it is empty. */
  JsonNode build() throws IOException {
    if (parser.nextToken() == null) {
      return MissingNode.getInstance();
    }
    JsonNode node = value(root);
    if (parser.nextToken() != null) {
      throw failure("there is more behind the end of the document");
    }
    return node;
  }

  /** Whether a list called {@code steps} was seen at the top. */
  boolean hasSteps() {
    return hasSteps;
  }

  List<PlanProblem> problems() {
    return List.copyOf(root.problems());
  }

  private JsonNode value(Place place) throws IOException {
    if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
      throw failure("aliases are not understood here; write out what *" + parser.getText() + " is");
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(place);
      case START_ARRAY -> array(place);
      case VALUE_STRING -> NODES.textNode(parser.getText());
      case VALUE_NUMBER_INT -> NODES.numberNode(parser.getBigIntegerValue());
      case VALUE_NUMBER_FLOAT -> real();
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NULL -> NODES.nullNode();
      case VALUE_EMBEDDED_OBJECT, END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE ->
          throw failure("there is a value that is neither text, number, list nor mapping");
    };
  }

  private JsonNode real() throws IOException {
    return parser.isNaN()
        ? NODES.textNode(parser.getText())
        : NODES.numberNode(parser.getDecimalValue());
  }

  private ObjectNode object(Place place) throws IOException {
    ObjectNode object = NODES.objectNode();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      boolean list = parser.nextToken() == JsonToken.START_ARRAY;
      hasSteps |= list && key.equals("steps") && place.pointer().isEmpty();
      JsonNode value = value(place.key(key));
      if (object.has(key)) {
        place.key(key).problem("the key '" + key + "' stands here twice");
      }
      object.set(key, value);
    }
    return object;
  }

  private ArrayNode array(Place place) throws IOException {
    ArrayNode array = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(place.item(array.size())));
    }
    return array;
  }

  private JsonParseException failure(String message) {
    return new JsonParseException(parser, message, parser.currentTokenLocation());
  }
}
