package io.numa.avatar.agent.preset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The values that a preset's texts name, such as {@code {model}}. A text that names a value which
 * is missing is left out, with all that belongs to it.
 *
 * @param known by name. They are put into settings files as they are, so a value must not hold
 *     quotes or line breaks.
 */
public record Values(Map<String, String> known) {
  private static final Pattern NAME =
      Pattern.compile("\\{(model|key|base_url|origin|path|home|prompt|prompt_file)}");

  public Values {
    known = Map.copyOf(known);
  }

  /** A copy with one more value. */
  public Values with(String name, String value) {
    var more = new LinkedHashMap<>(known);
    more.put(name, value);
    return new Values(more);
  }

  /** The text with its values; empty if one of them is missing. */
  public Optional<String> fill(String text) {
    Matcher names = NAME.matcher(text);
    var filled = new StringBuilder();
    while (names.find()) {
      String value = known.get(names.group(1));
      if (value == null) {
        return Optional.empty();
      }
      names.appendReplacement(filled, Matcher.quoteReplacement(value));
    }
    return Optional.of(names.appendTail(filled).toString());
  }

  /** The words of all groups whose values are known. */
  public List<String> fillGroups(List<List<String>> groups) {
    var words = new ArrayList<String>();
    for (List<String> group : groups) {
      var filled = group.stream().map(this::fill).flatMap(Optional::stream).toList();
      if (filled.size() == group.size()) {
        words.addAll(filled);
      }
    }
    return words;
  }

  /** The variables whose values are known. */
  public Map<String, String> fillVariables(Map<String, String> variables) {
    var filled = new LinkedHashMap<String, String>();
    variables.forEach((name, text) -> fill(text).ifPresent(value -> filled.put(name, value)));
    return filled;
  }

  /** The content of a settings file; empty if it names a value that is missing. */
  public Optional<String> fillFile(JsonNode content) {
    return content.isArray()
        ? fill(
            StreamSupport.stream(content.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining("\n", "", "\n")))
        : fillTree(content).map(JsonNode::toPrettyString);
  }

  private Optional<JsonNode> fillTree(JsonNode tree) {
    if (tree instanceof ObjectNode object) {
      return fillObject(object);
    }
    if (tree instanceof ArrayNode array) {
      return fillArray(array);
    }
    return tree.isTextual()
        ? fill(tree.textValue()).map(JsonNodeFactory.instance::textNode)
        : Optional.of(tree);
  }

  private Optional<JsonNode> fillObject(ObjectNode object) {
    var filled = JsonNodeFactory.instance.objectNode();
    for (var field : object.properties()) {
      Optional<String> name = fill(field.getKey());
      Optional<JsonNode> value = fillTree(field.getValue());
      if (name.isEmpty() || value.isEmpty()) {
        return Optional.empty();
      }
      filled.set(name.get(), value.get());
    }
    return Optional.of(filled);
  }

  private Optional<JsonNode> fillArray(ArrayNode array) {
    var filled = JsonNodeFactory.instance.arrayNode();
    for (JsonNode element : array) {
      Optional<JsonNode> value = fillTree(element);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      filled.add(value.get());
    }
    return Optional.of(filled);
  }

  /** Leaves out the values, as one is a key. */
  @Override
  public String toString() {
    return "Values" + known.keySet();
  }
}
