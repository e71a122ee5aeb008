package io.numa.avatar.task;

/** A topic's id, as the backend spells it; opaque. */
public record TopicId(String value) {
  public TopicId {
    Ids.require("topic id", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
