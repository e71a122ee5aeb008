package io.numa.avatar.task;

/** A message's id, as the backend spells it; opaque. */
public record MessageId(String value) {
  public MessageId {
    Ids.require("message id", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
