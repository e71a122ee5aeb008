package io.numa.avatar.backend.internal.call;

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

  @Override
  public String toString() {
    return words;
  }
}
