package io.numa.avatar.backend.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A key that a mapping may have.
 *
 * @param doc one line for editors, with the default where there is one
 */
record Key<T>(String name, ValueType<T> type, String doc, boolean required) {
  static <T> Key<T> required(String name, ValueType<T> type, String doc) {
    return new Key<>(name, type, doc, true);
  }

  static <T> Key<T> optional(String name, ValueType<T> type, String doc) {
    return new Key<>(name, type, doc, false);
  }

  /** What its value may be; null, too, where the key may be absent. */
  ObjectNode schema() {
    ObjectNode schema = required ? type.schema() : Schemas.orNull(type.schema());
    return schema.put("description", doc);
  }
}
