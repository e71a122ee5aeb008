package io.numa.avatar.task;

import io.numa.avatar.plan.TestCommand;
import java.time.Duration;
import java.util.Optional;

/** Settings of one task. For an empty one, other settings apply. */
public record TaskOptions(
    Optional<TestCommand> test, Optional<Duration> timeout, Optional<String> commitMessage) {

  public static final TaskOptions NONE =
      new TaskOptions(Optional.empty(), Optional.empty(), Optional.empty());
}
