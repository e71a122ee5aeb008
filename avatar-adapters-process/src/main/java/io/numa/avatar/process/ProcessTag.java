package io.numa.avatar.process;

import io.numa.avatar.task.AttemptId;
import java.util.HashMap;
import java.util.Map;
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

  /** Makes a tag that no other command has. */
  static ProcessTag of(Optional<AttemptId> owner) {
    return new ProcessTag(owner.map(attempt -> attempt + ":").orElse("") + UUID.randomUUID());
  }

  /** Some variables, and this tag. */
  Map<String, String> addTo(Map<String, String> variables) {
    var tagged = new HashMap<>(variables);
    tagged.put(VARIABLE, value);
    return tagged;
  }

  /** The text that the environments of this command's processes contain, and no others. */
  String mark() {
    return VARIABLE + "=" + value + "\0";
  }

  /** The text that the environments of all of an attempt's processes contain, and no others. */
  static String mark(AttemptId owner) {
    return VARIABLE + "=" + owner + ":";
  }
}
