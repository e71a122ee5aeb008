package io.numa.avatar.task;

/** The id under which an avatar is known to the backend and in the commits it makes. */
public record AvatarId(String value) {
  public AvatarId {
    Ids.require("avatar id", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
