package io.numa.avatar.cli.config;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads what is given as text without a notation of its own: flags and environment variables. */
final class TextLayers {
  static final String PREFIX = "AVATAR_";

  /** Those of the script that starts us. */
  private static final Set<String> FOREIGN = Set.of("AVATAR_OPTS", "AVATAR_JAVA_OPTS");

  private TextLayers() {}

  /** Reads flags, by the paths of their keys. */
  static Layer flags(Map<String, String> flags, Problems problems) {
    Layer layer = Layer.empty();
    var origin = new Origin.Flag();
    new TreeMap<>(flags)
        .forEach(
            (path, text) ->
                Keys.find(path)
                    .ifPresentOrElse(
                        key -> put(layer, key, text, origin, problems),
                        () -> problems.add(origin, path, UnknownKey.message(path, Keys.paths()))));
    return layer;
  }

  /**
   * Reads the variables that override keys, and tells of those that look as if they did.
   *
   * @param spoken variables that files speak of, which thus have a meaning whatever their name
   */
  static Layer environment(Map<String, String> environment, Set<String> spoken, Problems problems) {
    Layer layer = Layer.empty();
    Map<String, Key<?>> keys = Keys.ALL.stream().collect(toMap(Key::variable, identity()));
    new TreeMap<>(environment)
        .forEach(
            (name, text) -> {
              var origin = new Origin.Environment(name);
              Key<?> key = keys.get(name);
              if (key != null) {
                put(layer, key, text, origin, problems);
              } else if (name.startsWith(PREFIX)
                  && !FOREIGN.contains(name)
                  && !spoken.contains(name)) {
                problems.add(origin, "", unknown(name, keys.keySet()));
              }
            });
    return layer;
  }

  private static void put(Layer layer, Key<?> key, String text, Origin origin, Problems problems) {
    layer.values().put(key.path(), key.type().ofText(text, key.path(), origin, problems));
  }

  private static String unknown(String name, Set<String> known) {
    return UnknownKey.nearest(name, known)
        .map(near -> "overrides no known key; did you mean " + near + "?")
        .orElse(
            "overrides no known key, expected "
                + PREFIX
                + " and a key's path in upper case, with dots as two underscores");
  }
}
