package io.numa.avatar.backend.settings;

import java.util.Locale;

/** The Web API of a backend. */
public enum BackendApi {
  /** The one that the backend is found to have: topics, or else v1. */
  AUTO,
  /** {@code /api/topics} and {@code /api/tasks}: messages, statuses with details, logs. */
  TOPICS,
  /** {@code /api/v1}: a list of tasks, statuses without details, no logs and no claims. */
  V1;

  /**
   * Reads {@code auto}, {@code topics} or {@code v1}.
   *
   * @throws IllegalArgumentException if it is another word
   */
  public static BackendApi of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** The word for it in configurations. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
