package io.numa.avatar.cli.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A configuration, and where each of its values was given. */
public final class EffectiveConfiguration {
  private final Configuration configuration;
  private final Values values;

  EffectiveConfiguration(Configuration configuration, Values values) {
    this.configuration = configuration;
    this.values = values;
  }

  public Configuration configuration() {
    return configuration;
  }

  /** Where the value of each key was given that has one, by the key's dotted path. */
  public Map<String, Origin> origins() {
    var origins = new LinkedHashMap<String, Origin>();
    Keys.ALL.stream()
        .filter(values::has)
        .forEach(key -> origins.put(key.path(), values.origin(key)));
    return Collections.unmodifiableMap(origins);
  }

  /** The whole configuration as YAML, the origin of each value behind it, secrets as stars. */
  public String toYaml() {
    var printer = new YamlPrinter();
    Keys.sectionsIn("").forEach(section -> print(section, printer));
    return printer.toString();
  }

  private void print(Section section, YamlPrinter printer) {
    if (Keys.namesIn(section.path()).isEmpty()) {
      return;
    }
    printer.line(section.name() + ":", "");
    printer.indented(
        () -> {
          Keys.in(section.path()).forEach(key -> print(key, printer));
          Keys.sectionsIn(section.path()).forEach(inner -> print(inner, printer));
        });
  }

  private void print(Key<?> key, YamlPrinter printer) {
    if (!values.print(key, printer)) {
      printer.remark(key.name() + " is not set");
    }
  }
}
