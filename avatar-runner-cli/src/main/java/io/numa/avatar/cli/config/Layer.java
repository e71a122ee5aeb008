package io.numa.avatar.cli.config;

import io.numa.avatar.cli.config.value.Origin;
import io.numa.avatar.cli.config.value.RawValue;
import io.numa.avatar.cli.config.value.RawValue.Entries;
import io.numa.avatar.cli.config.value.RawValue.Entry;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The values of one source.
 *
 * @param values by the keys' paths
 * @param sections where each section of the source begins
 * @param variables the environment variables that its values refer to
 */
record Layer(Map<String, RawValue> values, Map<String, Origin> sections, Set<String> variables) {
  static Layer empty() {
    return new Layer(new LinkedHashMap<>(), new LinkedHashMap<>(), new HashSet<>());
  }

  /** Flattens the sections of a file to paths of keys, and reports unknown keys. */
  static Layer of(Entries root, Problems problems) {
    Layer layer = empty();
    layer.collect(root, "", problems);
    root.texts().flatMap(Interpolation::names).forEach(layer.variables::add);
    return layer;
  }

  /** The defaults of all keys. */
  static Layer defaults(Problems problems) {
    Layer layer = empty();
    ConfigKeys.byPath()
        .forEach(
            (path, key) ->
                key.fallback()
                    .map(text -> TextLayers.value(key, text, path, new Origin.Default(), problems))
                    .ifPresent(value -> layer.values.put(path, value)));
    return layer;
  }

  private void collect(Entries entries, String section, Problems problems) {
    for (Entry entry : entries.entries()) {
      String path = section.isEmpty() ? entry.name() : section + "." + entry.name();
      if (ConfigKeys.find(path).isPresent()) {
        values.put(path, entry.value());
      } else if (ConfigKeys.isSection(path)) {
        collectSection(entry, path, problems);
      } else {
        String message =
            ConfigLanguage.unknownKey(
                entry.name(),
                ConfigKeys.section(section).names(),
                ConfigKeys.pathsEndingWith(entry.name()));
        String shown = Entry.shown(entry.name());
        problems.add(entry.origin(), section.isEmpty() ? shown : section + "." + shown, message);
      }
    }
  }

  private void collectSection(Entry entry, String path, Problems problems) {
    sections.put(path, entry.origin());
    if (entry.value() instanceof Entries inner) {
      collect(inner, path, problems);
    } else if (!entry.value().isNothing()) {
      String names = String.join(", ", ConfigKeys.section(path).names());
      String expected = ", expected a section of keys: " + names;
      problems.add(entry.value().origin(), path, entry.value().shape() + expected);
    }
  }

  /**
   * Returns this layer on top of a lower one, whose values it overrides. A secret and the file that
   * holds it are alternatives: either, in this layer, hides both in the lower one.
   */
  Layer over(Layer lower) {
    Layer both = empty();
    both.values.putAll(values);
    lower.values.forEach(
        (path, value) -> {
          boolean hidden = ConfigKeys.alternative(path).filter(values::containsKey).isPresent();
          if (!hidden) {
            both.values.putIfAbsent(path, value);
          }
        });
    both.sections.putAll(lower.sections);
    both.sections.putAll(sections);
    both.variables.addAll(lower.variables);
    both.variables.addAll(variables);
    return both;
  }
}
