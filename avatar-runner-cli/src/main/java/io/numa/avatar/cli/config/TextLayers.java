package io.numa.avatar.cli.config;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.numa.avatar.cli.config.value.Origin;
import io.numa.avatar.cli.config.value.RawValue;
import io.numa.avatar.cli.config.value.RawValue.Entries;
import io.numa.avatar.cli.config.value.RawValue.Items;
import io.numa.avatar.cli.config.value.RawValue.Scalar;
import io.numa.avatar.document.NearestName;
import io.numa.avatar.document.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads flags and environment variables, whose values are plain text. */
final class TextLayers {
  static final String PREFIX = "AVATAR_";

  /** The variables of the start script. */
  private static final Set<String> FOREIGN = Set.of("AVATAR_OPTS", "AVATAR_JAVA_OPTS");

  /** How a list of texts begins in JSON. Split at commas, it would be a list of other texts. */
  private static final String JSON_TEXTS = "[\"";

  private TextLayers() {}

  /** Reads flags, by the paths of their keys. */
  static Layer flags(Map<String, String> flags, Problems problems) {
    Layer layer = Layer.empty();
    var origin = new Origin.Flag();
    new TreeMap<>(flags)
        .forEach(
            (path, text) ->
                ConfigKeys.find(path)
                    .ifPresentOrElse(
                        key -> layer.values().put(path, value(key, text, path, origin, problems)),
                        () ->
                            problems.add(
                                origin,
                                path,
                                ConfigLanguage.unknownKey(path, ConfigKeys.byPath().keySet()))));
    return layer;
  }

  /**
   * Reads the variables that override keys, and reports variables that begin with {@code AVATAR_}
   * and name no key.
   *
   * @param spoken variables that files refer to, which may have any name
   */
  static Layer environment(Map<String, String> environment, Set<String> spoken, Problems problems) {
    Layer layer = Layer.empty();
    Map<String, String> paths =
        ConfigKeys.byPath().keySet().stream().collect(toMap(ConfigKeys::variable, identity()));
    new TreeMap<>(environment)
        .forEach(
            (name, text) -> {
              var origin = new Origin.Environment(name);
              String path = paths.get(name);
              if (path != null) {
                Shape.Component key = ConfigKeys.find(path).orElseThrow();
                layer.values().put(path, value(key, text, path, origin, problems));
              } else if (name.startsWith(PREFIX)
                  && !FOREIGN.contains(name)
                  && !spoken.contains(name)) {
                problems.add(origin, "", unknown(name, paths.keySet()));
              }
            });
    return layer;
  }

  /**
   * Turns text into the value that a file would hold: lists of single values are split at commas,
   * unless they are written as in JSON; mappings and lists of mappings are read as YAML, which
   * includes JSON.
   */
  static RawValue value(
      Shape.Component key, String text, String path, Origin origin, Problems problems) {
    if (key.shape() instanceof Shape.Leaf) {
      return Scalar.loose(text, origin);
    }
    if (text.isBlank()) {
      return key.shape() instanceof Shape.Items
          ? new Items(List.of(), origin)
          : new Entries(List.of(), origin);
    }
    if (key.shape() instanceof Shape.Items list
        && list.item() instanceof Shape.Leaf
        && !text.stripLeading().startsWith(JSON_TEXTS)) {
      return new Items(
          Arrays.stream(text.split(",", -1))
              .<RawValue>map(part -> Scalar.loose(part.strip(), origin))
              .toList(),
          origin);
    }
    return new YamlReader(line -> origin, problems)
        .read(text)
        .orElseGet(() -> Scalar.nothing(origin));
  }

  private static String unknown(String name, Set<String> known) {
    return NearestName.of(name, known)
        .map(near -> "overrides no known key; did you mean " + near + "?")
        .orElse(
            "overrides no known key, expected "
                + PREFIX
                + " and a key's path in upper case, with dots as two underscores");
  }
}
