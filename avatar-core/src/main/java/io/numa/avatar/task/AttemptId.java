package io.numa.avatar.task;

import java.util.UUID;

/** Names one attempt at one task; a second attempt at the same task has another. */
public record AttemptId(UUID value) {
  public static AttemptId random() {
    return new AttemptId(UUID.randomUUID());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
