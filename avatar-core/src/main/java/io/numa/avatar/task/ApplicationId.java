package io.numa.avatar.task;

/** An application's id, as the backend spells it; opaque. */
public record ApplicationId(String value) {
  public ApplicationId {
    Ids.require("application id", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
