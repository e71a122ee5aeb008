package io.numa.avatar.agent.preset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.agent.settings.AgentDefinition;
import io.numa.avatar.agent.settings.AgentDefinition.Protocol;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The built-in presets, which the resource {@code presets.json} holds. */
public final class Presets {
  /** Programs load these of their own accord, whichever agent they are. */
  private static final Set<String> VARIABLES =
      Set.of(
          ".env",
          ".env.local",
          ".env.development",
          ".env.development.local",
          ".env.production",
          ".env.production.local",
          ".env.test",
          ".env.test.local");

  private static final Map<String, Preset> BUILT_IN = read();

  private Presets() {}

  /** The names of the presets, sorted. */
  public static Set<String> names() {
    return new TreeSet<>(BUILT_IN.keySet());
  }

  /**
   * The preset of an agent. An agent without a preset gets one that hides what all presets hide.
   *
   * @throws IllegalArgumentException if there is no preset of this name
   */
  public static Preset of(AgentDefinition agent) {
    if (agent.preset().isEmpty()) {
      return own(agent);
    }
    return Optional.ofNullable(BUILT_IN.get(agent.preset().get()))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no preset '" + agent.preset().get() + "'; there are: " + names()));
  }

  private static Preset own(AgentDefinition agent) {
    var hidden = new TreeSet<>(VARIABLES);
    BUILT_IN.values().forEach(preset -> hidden.addAll(preset.hidden()));
    return new Preset(
        agent.protocol().orElse(Protocol.ACP),
        List.of(),
        Map.of(),
        Map.of(),
        List.of(),
        hidden,
        Optional.empty(),
        List.of(),
        Preset.Untrusted.NOTHING);
  }

  private static Map<String, Preset> read() {
    try (InputStream resource = Presets.class.getResourceAsStream("presets.json")) {
      var presets = new LinkedHashMap<String, Preset>();
      new ObjectMapper()
          .readTree(Objects.requireNonNull(resource))
          .properties()
          .forEach(entry -> presets.put(entry.getKey(), preset(entry.getValue())));
      return Map.copyOf(presets);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Preset preset(JsonNode tree) {
    var hidden = new TreeSet<>(VARIABLES);
    hidden.addAll(texts(tree.path("hidden")));
    return new Preset(
        Protocol.valueOf(tree.path("protocol").asText().toUpperCase(Locale.ROOT)),
        elements(tree.path("command"))
            .map(word -> word.isArray() ? texts(word) : List.of(word.asText()))
            .toList(),
        variables(tree.path("environment")),
        files(tree.path("files")),
        texts(tree.path("folders")),
        hidden,
        Optional.ofNullable(tree.path("base_url_ends_in").textValue()),
        texts(tree.path("noise")),
        untrusted(tree.path("untrusted")));
  }

  private static Preset.Untrusted untrusted(JsonNode tree) {
    return new Preset.Untrusted(
        texts(tree.path("command")),
        variables(tree.path("environment")),
        tree.path("session_meta") instanceof ObjectNode meta
            ? Optional.of(meta)
            : Optional.empty());
  }

  private static Map<String, String> variables(JsonNode tree) {
    var variables = new LinkedHashMap<String, String>();
    tree.properties().forEach(entry -> variables.put(entry.getKey(), entry.getValue().asText()));
    return variables;
  }

  private static Map<String, JsonNode> files(JsonNode tree) {
    var files = new LinkedHashMap<String, JsonNode>();
    tree.properties().forEach(entry -> files.put(entry.getKey(), entry.getValue()));
    return files;
  }

  private static List<String> texts(JsonNode array) {
    return elements(array).map(JsonNode::asText).toList();
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
