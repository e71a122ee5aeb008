package io.numa.avatar.backend.plan;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/** How bytes are written as text in a plan. */
final class Encoding {
  static final Key<String> ENCODING =
      Key.optional(
          "encoding",
          Values.oneOf("utf-8", "base64"),
          "How the text stands for bytes; base64 for what is not UTF-8. Default: utf-8.");

  private Encoding() {}

  /** The text of {@code key} must be what {@link #ENCODING} says it is. */
  static Rule decodable(Key<String> key) {
    return Rule.ofReader(
        (mapping, place) -> {
          if (mapping.find(key).isEmpty()) {
            return;
          }
          try {
            bytes(mapping, key);
          } catch (IllegalArgumentException e) {
            place.key(key.name()).problem("is no base64: " + e.getMessage());
          }
        });
  }

  /** The bytes that the text of {@code key} stands for. */
  static byte[] bytes(Mapping mapping, Key<String> key) {
    String text = mapping.get(key);
    return mapping.find(ENCODING).orElse("utf-8").equals("base64")
        ? Base64.getDecoder().decode(text.replaceAll("\\s", ""))
        : text.getBytes(UTF_8);
  }
}
