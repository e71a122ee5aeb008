package io.numa.avatar.task;

import io.numa.avatar.plan.TestCommand;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Settings of one task. For an empty one, other settings apply.
 *
 * @param agent the operator's name for the coding agent that is to do the task
 * @param notes sentences about the task for its log, such as what was taken out of its text
 */
public record TaskOptions(
    Optional<TestCommand> test,
    Optional<Duration> timeout,
    Optional<String> commitMessage,
    Optional<String> agent,
    List<String> notes) {

  public static final TaskOptions NONE =
      new TaskOptions(Optional.empty(), Optional.empty(), Optional.empty());

  public TaskOptions {
    notes = List.copyOf(notes);
  }

  /** Options without an agent and without notes. */
  public TaskOptions(
      Optional<TestCommand> test, Optional<Duration> timeout, Optional<String> commitMessage) {
    this(test, timeout, commitMessage, Optional.empty(), List.of());
  }

  public TaskOptions withAgent(Optional<String> name) {
    return new TaskOptions(test, timeout, commitMessage, name, notes);
  }

  public TaskOptions withNotes(List<String> sentences) {
    return new TaskOptions(test, timeout, commitMessage, agent, sentences);
  }
}
