package io.numa.avatar.egress.registry.discovery;

import java.nio.file.Path;

/**
 * A value of a setting.
 *
 * @param place the file and line that set it, or the variable
 */
record Setting(String value, String place) {
  static Setting at(Path file, int line, String value) {
    return new Setting(value, file + ":" + line);
  }

  Setting with(String other) {
    return new Setting(other, place);
  }

  @Override
  public String toString() {
    return place;
  }
}
