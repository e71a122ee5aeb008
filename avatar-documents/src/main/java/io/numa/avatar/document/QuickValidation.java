package io.numa.avatar.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Finds out that a document is valid without the validator, whose classes take longer to load than
 * everything else of a document takes. Knows the keywords that {@link SchemaWriter} and most kinds
 * of values use. It says yes only where the validator does, and where it says no, the validator has
 * the last word.
 */
final class QuickValidation {
  private QuickValidation() {}

  /** Whether the schema certainly allows the value. */
  static boolean passes(JsonNode schema, JsonNode value) {
    for (Map.Entry<String, JsonNode> word : schema.properties()) {
      if (!passes(word.getKey(), word.getValue(), schema, value)) {
        return false;
      }
    }
    return schema.isObject();
  }

  private static boolean passes(String word, JsonNode wanted, JsonNode schema, JsonNode value) {
    return switch (word) {
      case "type" -> isOfType(wanted, value);
      case "enum" -> contains(wanted, value);
      case "pattern" -> !value.isTextual() || isFound(wanted, value.textValue());
      case "minLength" -> !value.isTextual() || length(value) >= wanted.intValue();
      case "minItems" -> !value.isArray() || value.size() >= wanted.intValue();
      case "minimum" -> !value.isNumber() || number(value).compareTo(number(wanted)) >= 0;
      case "maximum" -> !value.isNumber() || number(value).compareTo(number(wanted)) <= 0;
      case "anyOf" -> anyPasses(wanted, value);
      case "items" -> !value.isArray() || allPass(wanted, value);
      case "required" -> !value.isObject() || hasAll(wanted, value);
      case "properties" -> !value.isObject() || propertiesPass(wanted, value);
      case "propertyNames" -> !value.isObject() || namesPass(wanted, value);
      case "additionalProperties" -> !value.isObject() || othersPass(wanted, schema, value);
      default -> false;
    };
  }

  private static boolean isOfType(JsonNode wanted, JsonNode value) {
    if (wanted.isTextual()) {
      return isOfType(wanted.textValue(), value);
    }
    for (JsonNode each : wanted) {
      if (isOfType(each.textValue(), value)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOfType(String type, JsonNode value) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      case "null" -> value.isNull();
      default -> false;
    };
  }

  private static boolean contains(JsonNode words, JsonNode value) {
    for (JsonNode word : words) {
      if (word.equals(value)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isFound(JsonNode pattern, String text) {
    return Pattern.compile(pattern.textValue()).matcher(text).find();
  }

  private static int length(JsonNode text) {
    return text.textValue().codePointCount(0, text.textValue().length());
  }

  private static BigDecimal number(JsonNode value) {
    return value.decimalValue();
  }

  private static boolean allPass(JsonNode schema, JsonNode items) {
    for (JsonNode item : items) {
      if (!passes(schema, item)) {
        return false;
      }
    }
    return true;
  }

  private static boolean anyPasses(JsonNode schemas, JsonNode value) {
    for (JsonNode schema : schemas) {
      if (passes(schema, value)) {
        return true;
      }
    }
    return false;
  }

  private static boolean namesPass(JsonNode schema, JsonNode value) {
    for (Map.Entry<String, JsonNode> property : value.properties()) {
      if (!passes(schema, TextNode.valueOf(property.getKey()))) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasAll(JsonNode names, JsonNode value) {
    for (JsonNode name : names) {
      if (!value.has(name.textValue())) {
        return false;
      }
    }
    return true;
  }

  private static boolean propertiesPass(JsonNode schemas, JsonNode value) {
    for (Map.Entry<String, JsonNode> property : value.properties()) {
      JsonNode schema = schemas.path(property.getKey());
      if (!schema.isMissingNode() && !passes(schema, property.getValue())) {
        return false;
      }
    }
    return true;
  }

  /** The properties that the schema does not name; {@code wanted} is false, or their schema. */
  private static boolean othersPass(JsonNode wanted, JsonNode schema, JsonNode value) {
    for (Map.Entry<String, JsonNode> property : value.properties()) {
      boolean named = schema.path("properties").has(property.getKey());
      if (!named && !passes(wanted, property.getValue())) {
        return false;
      }
    }
    return true;
  }
}
