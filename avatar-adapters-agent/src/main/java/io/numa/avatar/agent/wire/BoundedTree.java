package io.numa.avatar.agent.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Builds an object out of tokens. When its bound is reached, values are left out, except for short
 * ones of the object itself: a message keeps its id, although what it carries is cut.
 */
final class BoundedTree {
  /** The size of a tree, in characters and in {@link #NODE} for each value. */
  private static final int BOUND = 2 * StringCutter.LIMIT;

  private static final int NODE = 64;
  private static final int SHORT = 1024;

  private final JsonNodeFactory nodes = JsonNodeFactory.instance;
  private final Deque<ContainerNode<?>> open = new ArrayDeque<>();
  private @Nullable ObjectNode root;
  private String name = "";
  private int left = BOUND;

  /** How many containers are open that are left out. */
  private int skipped;

  /** Adds the parser's current token. */
  void add(JsonToken token, JsonParser parser) throws IOException {
    if (root != null && open.isEmpty()) {
      // What follows the object in its line is ignored.
      return;
    }
    if (skipped > 0) {
      skipped += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
    } else if (token == JsonToken.FIELD_NAME) {
      name = parser.currentName();
    } else if (token.isStructEnd()) {
      open.pop();
    } else if (token.isStructStart()) {
      begin(token == JsonToken.START_OBJECT ? nodes.objectNode() : nodes.arrayNode());
    } else if (fits(parser.getTextLength())) {
      attach(scalar(token, parser));
    }
  }

  /** The object, if it is complete. */
  Optional<ObjectNode> whole() {
    return open.isEmpty() ? Optional.ofNullable(root) : Optional.empty();
  }

  private void begin(ContainerNode<?> container) {
    if (left <= 0) {
      skipped = 1;
      return;
    }
    if (root == null) {
      // A line that is read as JSON begins with a brace.
      root = (ObjectNode) container;
    } else {
      left -= NODE + name.length();
      attach(container);
    }
    open.push(container);
  }

  private boolean fits(int length) {
    boolean mayPass = open.size() == 1 && length <= SHORT && left > -BOUND;
    boolean fits = left >= length || mayPass;
    if (fits) {
      left -= NODE + name.length() + length;
    }
    return fits;
  }

  private void attach(JsonNode value) {
    if (open.peek() instanceof ObjectNode object) {
      object.set(name, value);
    } else if (open.peek() instanceof ArrayNode array) {
      array.add(value);
    }
  }

  private JsonNode scalar(JsonToken token, JsonParser parser) throws IOException {
    return switch (token) {
      case VALUE_TRUE -> nodes.booleanNode(true);
      case VALUE_FALSE -> nodes.booleanNode(false);
      case VALUE_NULL -> nodes.nullNode();
      case VALUE_NUMBER_FLOAT -> nodes.numberNode(parser.getDoubleValue());
      case VALUE_NUMBER_INT ->
          parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? nodes.numberNode(parser.getBigIntegerValue())
              : nodes.numberNode(parser.getLongValue());
      default -> nodes.textNode(parser.getText());
    };
  }
}
