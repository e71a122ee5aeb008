package io.numa.avatar.document;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds a tree from a parser's tokens. Jackson itself would silently keep the last of duplicate
 * keys, and take a YAML alias for text. Aliases are refused, as a few lines of them can make trees
 * of any size.
 */
final class TreeBuilder {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final JsonParser parser;
  private final String list;
  private final List<DocumentProblem> problems = new ArrayList<>();
  private boolean hasList;

  TreeBuilder(JsonParser parser, String list) {
    this.parser = parser;
    this.list = list;
  }

  /** The document's value; a missing node if the document is empty. */
  JsonNode build() throws IOException {
    if (parser.nextToken() == null) {
      return MissingNode.getInstance();
    }
    JsonNode node = value(JsonPointer.empty());
    if (parser.nextToken() != null) {
      throw failure("there is more behind the end of the document");
    }
    return node;
  }

  /** Whether the requested list was found at the top. */
  boolean hasList() {
    return hasList;
  }

  List<DocumentProblem> problems() {
    return List.copyOf(problems);
  }

  private JsonNode value(JsonPointer place) throws IOException {
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

  private ObjectNode object(JsonPointer place) throws IOException {
    ObjectNode object = NODES.objectNode();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      boolean isList = parser.nextToken() == JsonToken.START_ARRAY;
      hasList |= isList && key.equals(list) && place.matches();
      JsonNode value = value(place.appendProperty(key));
      if (object.has(key)) {
        problems.add(
            new DocumentProblem(
                place.appendProperty(key), "the key '" + key + "' stands here twice"));
      }
      object.set(key, value);
    }
    return object;
  }

  private ArrayNode array(JsonPointer place) throws IOException {
    ArrayNode array = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(place.appendIndex(array.size())));
    }
    return array;
  }

  private JsonParseException failure(String message) {
    return new JsonParseException(parser, message, parser.currentTokenLocation());
  }
}
