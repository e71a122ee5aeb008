package io.numa.avatar.cli.config;

import java.util.Locale;
import java.util.Optional;

/**
 * A key of the configuration: the one place where everything about it is said.
 *
 * @param path the names on the way to it, with dots between
 * @param doc what it is for, in one line of Markdown
 * @param required whether it must be given, at least where a backend is needed
 * @param fallback what holds where it is not given, as it would be written; for a required key,
 *     where no backend is needed
 * @param likeness the key whose value it takes where it is not given
 */
record Key<T>(
    String path,
    ValueType<T> type,
    String doc,
    boolean required,
    Optional<String> fallback,
    Optional<Key<T>> likeness) {

  static <T> Key<T> of(String path, ValueType<T> type, String doc) {
    return new Key<>(path, type, doc, false, Optional.empty(), Optional.empty());
  }

  Key<T> mandatory() {
    return new Key<>(path, type, doc, true, fallback, likeness);
  }

  Key<T> defaultsTo(String text) {
    return new Key<>(path, type, doc, required, Optional.of(text), likeness);
  }

  Key<T> sameAs(Key<T> other) {
    return new Key<>(path, type, doc, required, fallback, Optional.of(other));
  }

  /** The last name of the path. */
  String name() {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /** The path of the section it is in; empty at the top. */
  String section() {
    return path.substring(0, Math.max(0, path.lastIndexOf('.')));
  }

  /** The environment variable that overrides it. */
  String variable() {
    return TextLayers.PREFIX + path.toUpperCase(Locale.ROOT).replace(".", "__");
  }
}
