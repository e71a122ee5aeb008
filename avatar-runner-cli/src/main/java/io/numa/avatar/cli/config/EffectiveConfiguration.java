package io.numa.avatar.cli.config;

import io.numa.avatar.cli.config.value.Origin;
import io.numa.avatar.cli.config.value.SecretFile;
import io.numa.avatar.cli.config.value.YamlPrinter;
import io.numa.avatar.document.Shape;
import io.numa.avatar.document.ValueKind;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A configuration, and the source of each value. */
public final class EffectiveConfiguration {
  private final Configuration configuration;
  private final BoundValues values;

  EffectiveConfiguration(Configuration configuration, BoundValues values) {
    this.configuration = configuration;
    this.values = values;
  }

  public Configuration configuration() {
    return configuration;
  }

  /** The source of each key's value, by the key's dotted path. Keys without a value are missing. */
  public Map<String, Origin> origins() {
    var origins = new LinkedHashMap<String, Origin>();
    ConfigKeys.byPath().keySet().stream()
        .filter(values::has)
        .forEach(path -> origins.put(path, values.origin(path)));
    return Collections.unmodifiableMap(origins);
  }

  /** The keys, by their dotted paths, that have another value in {@code other}. */
  public List<String> changes(EffectiveConfiguration other) {
    return ConfigKeys.byPath().keySet().stream()
        .filter(path -> !value(path).equals(other.value(path)))
        .toList();
  }

  private Optional<Object> value(String path) {
    return values.find(path).map(BoundValues.Bound::value);
  }

  /** The files that values were read from, and those that hold secrets or keys; absolute. */
  public Set<Path> files() {
    Stream<Path> read =
        values
            .origins()
            .flatMap(
                origin ->
                    origin instanceof Origin.InFile in ? Stream.of(in.file()) : Stream.empty());
    Stream<Path> secret = values.of(SecretFile.class).map(SecretFile::path);
    Stream<Path> keys =
        values
            .of(Path.class)
            .filter(path -> configuration.git().caFile().filter(path::equals).isEmpty());
    return Stream.of(read, secret, keys)
        .flatMap(files -> files)
        .map(file -> file.toAbsolutePath().normalize())
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The whole configuration as YAML. A comment behind each value names its source; secrets are
   * stars.
   */
  public String toYaml() {
    var printer = new YamlPrinter();
    print(ConfigKeys.root(), "", printer);
    return printer.toString();
  }

  private void print(Shape.Mapping section, String prefix, YamlPrinter printer) {
    for (Shape.Component key : section.keys()) {
      String path = prefix + key.name();
      if (!ConfigKeys.isSection(key)) {
        print(key, path, printer);
      } else if (!ConfigKeys.section(path).keys().isEmpty()) {
        printer.line(key.name() + ":", "");
        printer.indented(() -> print(ConfigKeys.section(path), path + ".", printer));
      }
    }
  }

  private void print(Shape.Component key, String path, YamlPrinter printer) {
    values
        .find(path)
        .ifPresentOrElse(
            value -> print(key, path, value, printer),
            () -> printer.remark(key.name() + " is not set"));
  }

  private void print(
      Shape.Component key, String path, BoundValues.Bound bound, YamlPrinter printer) {
    if (key.shape() instanceof Shape.Items items
        && items.item() instanceof Shape.Mapping entry
        && bound.value() instanceof List<?> list
        && values.hasBelow(path + "[0]")) {
      printer.line(key.name() + ":", "");
      for (int i = 0; i < list.size(); i++) {
        String prefix = path + "[" + i + "].";
        printer.item(() -> printEntry(entry, prefix, printer));
      }
    } else {
      String origin = bound.origin().toString();
      printer.line(key.name() + ": " + shown(key.shape(), bound.value()), origin);
    }
  }

  /** Prints only the keys that are given, as an entry has many keys. */
  private void printEntry(Shape.Mapping entry, String prefix, YamlPrinter printer) {
    for (Shape.Component key : entry.keys()) {
      String path = prefix + key.name();
      if (!ConfigKeys.isSection(key)) {
        values.find(path).ifPresent(value -> print(key, path, value, printer));
      } else if (values.hasBelow(path)) {
        printer.line(key.name() + ":", "");
        printer.indented(() -> printEntry((Shape.Mapping) key.shape(), path + ".", printer));
      }
    }
  }

  private static String shown(Shape shape, Object value) {
    if (shape instanceof Shape.Leaf leaf) {
      return shown(leaf.kind(), value);
    }
    if (shape instanceof Shape.Items items) {
      return ((List<?>) value)
          .stream()
              .map(item -> shown(items.item(), item))
              .collect(Collectors.joining(", ", "[", "]"));
    }
    if (shape instanceof Shape.Entries entries) {
      return ((Map<?, ?>) value)
          .entrySet().stream()
              .map(
                  entry ->
                      YamlPrinter.quoted(String.valueOf(entry.getKey()))
                          + ": "
                          + shown(entries.value(), entry.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
    }
    var mapping = (Shape.Mapping) shape;
    return mapping.keys().stream()
        .flatMap(
            key ->
                key
                    .in((Record) value)
                    .map(inner -> key.name() + ": " + shown(key.shape(), inner))
                    .stream())
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String shown(ValueKind<?> kind, Object value) {
    return kind.secret() ? YamlPrinter.quoted(YamlPrinter.MASK) : kind.print(value);
  }
}
