package io.numa.avatar.egress.registry.client;

import java.util.List;

/**
 * The {@code config.toml} of Cargo. Sources are replaced, so that lock files keep the addresses
 * that are valid outside.
 */
final class CargoFile {
  private CargoFile() {}

  static String text(List<Inside> registries) {
    var text = new StringBuilder();
    for (Inside one : registries) {
      String name = quoted(one.name());
      String inside = quoted("avatar-" + one.name());
      if (!one.covers().isEmpty()) {
        section(text, "registries." + name);
        pair(text, "index", one.covers());
      }
      section(text, "source." + name);
      if (!one.covers().isEmpty()) {
        pair(text, "registry", one.covers());
      }
      pair(text, "replace-with", "avatar-" + one.name());
      section(text, "source." + inside);
      pair(text, "registry", "sparse+" + one.url() + "/");
    }
    return text.toString();
  }

  private static void section(StringBuilder text, String name) {
    text.append('[').append(name).append("]\n");
  }

  private static void pair(StringBuilder text, String key, String value) {
    text.append(key).append(" = ").append(quoted(value)).append('\n');
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
