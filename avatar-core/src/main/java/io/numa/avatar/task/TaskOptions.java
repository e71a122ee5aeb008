package io.numa.avatar.task;

import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.task.agent.SteeringMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Settings of one task. For an empty one, other settings apply.
 *
 * @param agent the operator's name for the coding agent that is to do the task
 * @param route the route of a queue that the task takes
 * @param messages what people have told the coding agent so far, the first one first
 * @param continues the task, or the address of the change request, on whose branch it works
 * @param notes sentences about the task for its log, such as what was taken out of its text
 */
public record TaskOptions(
    Optional<TestCommand> test,
    Optional<Duration> timeout,
    Optional<String> commitMessage,
    Optional<String> agent,
    Optional<String> route,
    List<SteeringMessage> messages,
    Optional<String> continues,
    List<String> notes) {

  public static final TaskOptions NONE =
      new TaskOptions(Optional.empty(), Optional.empty(), Optional.empty());

  public TaskOptions {
    messages = List.copyOf(messages);
    notes = List.copyOf(notes);
  }

  /** Options without an agent, a route, messages and notes. */
  public TaskOptions(
      Optional<TestCommand> test, Optional<Duration> timeout, Optional<String> commitMessage) {
    this(
        test,
        timeout,
        commitMessage,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        List.of());
  }

  public TaskOptions withAgent(Optional<String> name) {
    return new TaskOptions(test, timeout, commitMessage, name, route, messages, continues, notes);
  }

  public TaskOptions withRoute(Optional<String> name) {
    return new TaskOptions(test, timeout, commitMessage, agent, name, messages, continues, notes);
  }

  public TaskOptions withMessages(List<SteeringMessage> all) {
    return new TaskOptions(test, timeout, commitMessage, agent, route, all, continues, notes);
  }

  public TaskOptions withContinues(Optional<String> earlier) {
    return new TaskOptions(test, timeout, commitMessage, agent, route, messages, earlier, notes);
  }

  public TaskOptions withNotes(List<String> sentences) {
    return new TaskOptions(
        test, timeout, commitMessage, agent, route, messages, continues, sentences);
  }
}
