package io.numa.avatar.run.agent;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.journal.SteeringJournal;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.agent.SteeringMessage;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Takes what people tell the coding agents of the tasks that run. Safe for use by several threads.
 */
public final class Steering {
  /** Why a task without an open inbox takes no messages. */
  static final String NO_AGENT = "no coding agent works on it";

  private final Map<TaskId, AgentInbox> inboxes = new ConcurrentHashMap<>();

  /**
   * Lets the agents of an attempt be told something, until the inbox is closed.
   *
   * @param log gets sentences for the attempt's log; must not throw
   */
  public AgentInbox open(
      Attempt attempt, SteeringJournal journal, Redactor redactor, Consumer<String> log) {
    var inbox = new AgentInbox(this, attempt, journal, redactor, log);
    inboxes.put(attempt.task(), inbox);
    return inbox;
  }

  void closed(AgentInbox inbox) {
    inboxes.remove(inbox.task(), inbox);
  }

  /**
   * Accepts a message for the agent of a task. It is in the journal then.
   *
   * @return why the task takes none, such as {@code no coding agent works on it}; empty if it was
   *     accepted
   * @throws io.numa.avatar.port.PortException of kind {@code UNAVAILABLE} if the journal could not
   *     record it
   */
  public Optional<String> say(TaskId task, SteeringMessage message) {
    AgentInbox inbox = inboxes.get(task);
    return inbox == null ? Optional.of(NO_AGENT) : inbox.accept(message);
  }

  /** Accepts those of a task's messages that are new, if the task takes any. */
  public void offer(Task task) {
    AgentInbox inbox = inboxes.get(task.id());
    if (inbox != null) {
      inbox.offer(task.options().messages());
    }
  }
}
