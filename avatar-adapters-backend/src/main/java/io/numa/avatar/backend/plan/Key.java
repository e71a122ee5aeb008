package io.numa.avatar.backend.plan;

/** A key that a mapping may have. */
record Key<T>(String name, ValueType<T> type, boolean required) {
  static <T> Key<T> required(String name, ValueType<T> type) {
    return new Key<>(name, type, true);
  }

  static <T> Key<T> optional(String name, ValueType<T> type) {
    return new Key<>(name, type, false);
  }
}
