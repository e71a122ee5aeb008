package io.numa.avatar.backend.internal.call;

/** The kinds of calls to a backend, as the same answer may mean different things for them. */
public enum CallKind {
  TOPIC(EndpointGroup.MESSAGES, "topic"),
  POLL(EndpointGroup.MESSAGES, "messages"),
  /** Reads a task: before its claim, and while it runs to see whether it was cancelled. */
  LOOK_UP(EndpointGroup.TASKS, "task"),
  APPLICATION(EndpointGroup.TASKS, "application"),
  CLAIM(EndpointGroup.STATUSES, "claim"),
  STATUS(EndpointGroup.STATUSES, "status"),
  RENEWAL(EndpointGroup.STATUSES, "renewal"),
  /** The first piece of log in this process; a backend may keep no logs. */
  FIRST_LOG(EndpointGroup.LOGS, "log"),
  LOG(EndpointGroup.LOGS, "log"),
  /** Reads a task or an application of the second dialect, where a missing route has its words. */
  V1_LOOK_UP(EndpointGroup.TASKS, "task");

  private final EndpointGroup group;
  private final String route;

  CallKind(EndpointGroup group, String route) {
    this.group = group;
    this.route = route;
  }

  /** What is asked for, in a word: calls of both Web APIs that ask for the same have the same. */
  public String route() {
    return route;
  }

  public EndpointGroup group() {
    return group;
  }

  /** Whether it carries a report that is lost if it is not sent again. */
  public boolean isReport() {
    return this == STATUS || group == EndpointGroup.LOGS;
  }

  /** Whether it decides on whether or how a task is carried out. */
  public boolean isAboutTask() {
    return switch (this) {
      case LOOK_UP, APPLICATION, CLAIM, RENEWAL, V1_LOOK_UP -> true;
      case TOPIC, POLL, STATUS, FIRST_LOG, LOG -> false;
    };
  }
}
