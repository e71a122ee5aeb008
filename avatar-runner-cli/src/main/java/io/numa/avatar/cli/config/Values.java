package io.numa.avatar.cli.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The values that hold for some keys. Those that could not be read are missing. */
final class Values {
  private final Map<String, Bound<?>> bound;
  private final Origin origin;

  private Values(Map<String, Bound<?>> bound, Origin origin) {
    this.bound = bound;
    this.origin = origin;
  }

  /**
   * Reads what was written for {@code keys}, and puts defaults where nothing was. Tells of every
   * value that makes no sense; of missing ones it does not.
   *
   * @param prefix stands before the keys' paths where people are told of them
   */
  static Values bind(
      List<Key<?>> keys,
      Map<String, RawValue> written,
      String prefix,
      Origin origin,
      Reading reading) {
    var values = new Values(new LinkedHashMap<>(), origin);
    for (Key<?> key : keys) {
      values.bind(key, written, prefix, reading);
    }
    return values;
  }

  private <T> void bind(Key<T> key, Map<String, RawValue> written, String prefix, Reading reading) {
    RawValue value = written.get(key.path());
    if (value == null && key.likeness().isPresent()) {
      find(key.likeness().get())
          .ifPresent(same -> bound.put(key.path(), new Bound<>(same, new Origin.Default())));
      return;
    }
    if (value == null && key.fallback().isPresent()) {
      var nowhere = new Origin.Default();
      value = key.type().ofText(key.fallback().get(), key.path(), nowhere, reading.problems());
    }
    if (value == null) {
      return;
    }
    Origin place = value.origin();
    key.type()
        .read(value, prefix + key.path(), reading)
        .ifPresent(read -> bound.put(key.path(), new Bound<>(read, place)));
  }

  /** The value of a key that need not have one. */
  <T> Optional<T> find(Key<T> key) {
    return bound(key).map(Bound::value);
  }

  /** The value of a key that has one, given or by default. */
  <T> T get(Key<T> key) {
    return find(key).orElseThrow(() -> new IllegalStateException("no value for " + key.path()));
  }

  /** Where all these values are. */
  Origin origin() {
    return origin;
  }

  /** Where a key's value was given; where all these values are, if it was not. */
  Origin origin(Key<?> key) {
    Bound<?> value = bound.get(key.path());
    return value == null ? origin : value.origin();
  }

  boolean has(Key<?> key) {
    return bound.containsKey(key.path());
  }

  /** Shows a key's value, if it has one, and says whether it has. */
  <T> boolean print(Key<T> key, YamlPrinter printer) {
    Optional<Bound<T>> value = bound(key);
    value.ifPresent(shown -> key.type().print(key.name(), shown, printer));
    return value.isPresent();
  }

  @SuppressWarnings("unchecked") // bind() put it there, as its key's type read it
  private <T> Optional<Bound<T>> bound(Key<T> key) {
    return Optional.ofNullable((Bound<T>) bound.get(key.path()));
  }
}
