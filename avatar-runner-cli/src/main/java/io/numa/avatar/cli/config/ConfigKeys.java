package io.numa.avatar.cli.config;

import io.numa.avatar.document.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** All keys and sections of the configuration, by their dotted paths. */
final class ConfigKeys {
  private static final ConfigKeys ALL = new ConfigKeys();

  private final Map<String, Shape.Component> keys = new LinkedHashMap<>();
  private final Map<String, Shape.Component> sections = new LinkedHashMap<>();
  private final Shape.Mapping root = ConfigLanguage.KEYS.root();

  private ConfigKeys() {
    collect("", root);
  }

  private void collect(String prefix, Shape.Mapping section) {
    for (Shape.Component key : section.keys()) {
      String path = prefix + key.name();
      if (isSection(key)) {
        sections.put(path, key);
        collect(path + ".", (Shape.Mapping) key.shape());
      } else {
        keys.put(path, key);
      }
    }
  }

  /** The whole document. */
  static Shape.Mapping root() {
    return ALL.root;
  }

  static Map<String, Shape.Component> byPath() {
    return ALL.keys;
  }

  static Map<String, Shape.Component> sections() {
    return ALL.sections;
  }

  static Optional<Shape.Component> find(String path) {
    return Optional.ofNullable(ALL.keys.get(path));
  }

  static boolean isSection(String path) {
    return ALL.sections.containsKey(path);
  }

  /** Whether a component is a section of keys, rather than a key whose value is a mapping. */
  static boolean isSection(Shape.Component key) {
    return key.shape() instanceof Shape.Mapping mapping && mapping.shorthand().isEmpty();
  }

  /** The keys and sections of a section; of the whole document if {@code path} is empty. */
  static Shape.Mapping section(String path) {
    Shape.Component section = ALL.sections.get(path);
    return section == null ? ALL.root : (Shape.Mapping) section.shape();
  }

  /** The section that a key is in; empty at the top. */
  static String sectionOf(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('.')));
  }

  /** The paths of all keys of that name, in any section. */
  static List<String> pathsEndingWith(String name) {
    return ALL.keys.keySet().stream().filter(path -> path.endsWith("." + name)).toList();
  }

  /** For a secret, the key of the file that may hold it; for such a file, the key of the secret. */
  static Optional<String> alternative(String path) {
    String other =
        path.endsWith("_file")
            ? path.substring(0, path.length() - "_file".length())
            : path + "_file";
    return Optional.of(other).filter(ALL.keys::containsKey);
  }

  /** The environment variable that overrides a key. */
  static String variable(String path) {
    return TextLayers.PREFIX + path.toUpperCase(Locale.ROOT).replace(".", "__");
  }
}
