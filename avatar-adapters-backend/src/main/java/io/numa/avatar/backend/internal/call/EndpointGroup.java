package io.numa.avatar.backend.internal.call;

import java.util.Locale;

/** Endpoints that share one circuit breaker. */
public enum EndpointGroup {
  MESSAGES("topics and messages"),
  TASKS("tasks and applications"),
  STATUSES("statuses"),
  LOGS("logs");

  private final String words;

  EndpointGroup(String words) {
    this.words = words;
  }

  /** The group in one word, for programs. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return words;
  }
}
