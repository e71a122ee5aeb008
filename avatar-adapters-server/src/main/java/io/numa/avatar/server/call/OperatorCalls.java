package io.numa.avatar.server.call;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.operation.Controls;
import io.numa.avatar.operation.LogPart;
import io.numa.avatar.operation.Overview;
import io.numa.avatar.operation.Reloading;
import io.numa.avatar.operation.Retry;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.journal.OutcomeWord;
import io.numa.avatar.port.journal.TaskQuery;
import io.numa.avatar.server.document.Documents;
import io.numa.avatar.server.document.Problem;
import io.numa.avatar.server.document.SpendingDocument;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.agent.SteeringMessage;
import java.util.Optional;

/**
 * Carries out the calls that are answered by one document. Safe for use by several threads.
 *
 * @param controls are told what the operator orders
 * @param reloading reads the configuration anew
 */
public record OperatorCalls(Overview overview, Controls controls, Reloading reloading) {
  private static final int USUAL_LOG = 64 * 1024;
  private static final int MOST_LOG = 1024 * 1024;

  /** Calls to an avatar whose configuration is not read anew. */
  public OperatorCalls(Overview overview, Controls controls) {
    this(overview, controls, Reloading.NONE);
  }

  /**
   * Gives what is asked for, and changes nothing.
   *
   * @param word such as {@code status}
   * @return empty if no call has this word
   * @throws RefusedCallException if the call cannot be carried out
   */
  public Optional<ObjectNode> read(String word, CallParameters parameters) {
    try {
      return Optional.ofNullable(
          switch (word) {
            case "status" -> Documents.status(overview.status());
            case "why" -> Documents.why(overview.status());
            case "health" -> Documents.health(overview.health());
            case "tasks" -> tasks(parameters.query());
            case "task" -> task(parameters.task());
            case "log" -> Documents.log(log(parameters));
            case "spend" ->
                SpendingDocument.of(overview.spending(parameters.by(), parameters.firstDay()));
            case "change" -> change(parameters.task());
            default -> null;
          });
    } catch (PortException e) {
      throw unavailable(e);
    }
  }

  /**
   * Does what the operator orders.
   *
   * @param word such as {@code pause}
   * @return empty if no call has this word
   * @throws RefusedCallException if the call cannot be carried out
   */
  public Optional<ObjectNode> order(String word, CallParameters parameters)
      throws InterruptedException {
    try {
      switch (word) {
        case "pause" -> controls.pause();
        case "resume" -> controls.resume();
        case "drain" -> controls.drain();
        case "cancel" -> cancel(parameters.task());
        case "retry" -> retry(parameters.task());
        case "say" -> say(parameters.task(), parameters.message());
        case "reload" -> {
          return Optional.of(reload());
        }
        default -> {
          return Optional.empty();
        }
      }
    } catch (PortException e) {
      throw unavailable(e);
    }
    return Optional.of(Documents.done(word));
  }

  private ObjectNode reload() {
    Reloading.Result result = reloading.reload();
    result
        .problem()
        .ifPresent(
            problem -> {
              throw new RefusedCallException(
                  Problem.badRequest(problem, "nothing has changed; mend it, and reload again"));
            });
    return Documents.reloaded(result);
  }

  private ObjectNode tasks(TaskQuery query) {
    try {
      return Documents.tasks(overview.tasks(query));
    } catch (IllegalArgumentException e) {
      throw new RefusedCallException(
          Problem.badRequest(
              "the parameter 'after' is not of this list", "give 'next' of the page before"));
    }
  }

  private ObjectNode task(TaskId task) {
    return Documents.task(overview.task(task).orElseThrow(() -> unknown(task)));
  }

  /**
   * A part of a log.
   *
   * @throws RefusedCallException if there is no such attempt, or a parameter cannot be read
   */
  public LogPart log(CallParameters parameters) {
    TaskId task = parameters.task();
    long offset = parameters.number("offset", 0, 0, Long.MAX_VALUE);
    int most = (int) parameters.number("most", USUAL_LOG, 4, MOST_LOG);
    try {
      return overview
          .log(task, parameters.attempt(), offset, most)
          .orElseThrow(() -> without(task, "no such attempt"));
    } catch (PortException e) {
      throw unavailable(e);
    }
  }

  private ObjectNode change(TaskId task) {
    return Documents.change(
        task, overview.change(task).orElseThrow(() -> without(task, "no change")));
  }

  private void cancel(TaskId task) {
    if (controls.cancel(task)) {
      return;
    }
    if (overview.task(task).isEmpty()) {
      throw unknown(task);
    }
    throw new RefusedCallException(
        new Problem(
            Problem.Kind.CONFLICT,
            "task " + task + " neither runs nor waits",
            "only those that do can be cancelled; its story says how it ended"));
  }

  private void retry(TaskId task) throws InterruptedException {
    Retry retry = controls.retry(task);
    if (retry.begun()) {
      return;
    }
    if (overview.task(task).isEmpty()) {
      throw unknown(task);
    }
    throw new RefusedCallException(
        new Problem(
            Problem.Kind.CONFLICT,
            retry.refusal().orElseThrow(),
            "only a task that has failed, and that no other avatar has, can be tried again"));
  }

  private void say(TaskId task, SteeringMessage message) {
    Optional<String> refusal = controls.say(task, message);
    if (refusal.isPresent()) {
      OutcomeWord outcome = overview.task(task).orElseThrow(() -> unknown(task)).line().outcome();
      throw new RefusedCallException(
          new Problem(
              Problem.Kind.CONFLICT,
              "task " + task + " takes no message: " + whyNone(outcome, refusal.get()),
              "a task takes messages while a coding agent works on it; its story says what it does"));
    }
  }

  private static String whyNone(OutcomeWord outcome, String refusal) {
    if (outcome == OutcomeWord.WAITING) {
      return "it has not begun";
    }
    return outcome.ended() ? "it is over" : refusal;
  }

  private static RefusedCallException unknown(TaskId task) {
    return new RefusedCallException(
        Problem.notFound(
            "the journal has no task " + task,
            "list the tasks; those that ended long ago are removed, as history.keep says"));
  }

  private RefusedCallException without(TaskId task, String what) {
    return overview.task(task).isEmpty()
        ? unknown(task)
        : new RefusedCallException(
            Problem.notFound("task " + task + " has " + what, "its story says what it has"));
  }

  private static RefusedCallException unavailable(PortException e) {
    String text = Optional.ofNullable(e.getMessage()).orElse(e.toString());
    return new RefusedCallException(
        new Problem(
            Problem.Kind.UNAVAILABLE,
            text,
            "nothing was done; try again, and look at the avatar's log"));
  }
}
