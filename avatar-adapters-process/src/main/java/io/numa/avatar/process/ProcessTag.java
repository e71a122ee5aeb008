package io.numa.avatar.process;

import io.numa.avatar.task.AttemptId;
import java.util.Optional;
import java.util.UUID;

/**
 * The value of the environment variable that marks the processes of one command, and those of all
 * commands of one attempt: {@code <attempt>:<command>}, or {@code <command>} alone where the
 * command belongs to no attempt.
 */
record ProcessTag(String value) {
  /** The variable's name. */
  static final String VARIABLE = "NUMA_AVATAR_COOKIE";

  /** Makes one that no other command has. */
  static ProcessTag of(Optional<AttemptId> owner) {
    return new ProcessTag(owner.map(attempt -> attempt + ":").orElse("") + UUID.randomUUID());
  }

  /** What stands in an environment with this cookie, and in no other. */
  String mark() {
    return VARIABLE + "=" + value + "\0";
  }

  /** What stands in the environments of all commands of an attempt, and in no other. */
  static String mark(AttemptId owner) {
    return VARIABLE + "=" + owner + ":";
  }
}
