package io.numa.avatar.port.repository;

import java.util.regex.Pattern;

/** A line {@code key: value} at the end of a commit message, which programs can read. */
public record Trailer(String key, String value) {
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9-]+");

  public Trailer {
    if (!KEY.matcher(key).matches() || value.isBlank() || value.lines().count() > 1) {
      throw new IllegalArgumentException("not a trailer: '" + key + ": " + value + "'");
    }
  }
}
