package io.numa.avatar.operation;

import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.agent.AgentReport;
import java.time.Instant;
import java.util.Optional;

/**
 * A task that an avatar works on, or whose end it reports. Its texts are without secrets, but
 * otherwise as the task's author and its commands wrote them.
 *
 * @param number the number of the attempt among consecutive attempts at the same task, from 1
 * @param reporting whether the work is over, and only reports remain to be sent
 * @param stage the stage it is in; the last one if the work is over
 * @param newest the last line of its output that is not blank
 * @param agent what a coding agent did so far, if one works
 */
public record RunningTask(
    TaskId task,
    String title,
    String branch,
    AttemptId attempt,
    int number,
    boolean reporting,
    Stage stage,
    Instant startedAt,
    Instant stageSince,
    Optional<String> newest,
    Optional<AgentReport> agent) {

  RunningTask withNumber(int other) {
    return new RunningTask(
        task,
        title,
        branch,
        attempt,
        other,
        reporting,
        stage,
        startedAt,
        stageSince,
        newest,
        agent);
  }

  RunningTask withStage(Stage other, Instant now) {
    return new RunningTask(
        task, title, branch, attempt, number, reporting, other, startedAt, now, newest, agent);
  }

  RunningTask withNewest(Optional<String> line) {
    return new RunningTask(
        task, title, branch, attempt, number, reporting, stage, startedAt, stageSince, line, agent);
  }

  RunningTask withAgent(AgentReport report) {
    return new RunningTask(
        task,
        title,
        branch,
        attempt,
        number,
        reporting,
        stage,
        startedAt,
        stageSince,
        newest,
        Optional.of(report));
  }

  RunningTask afterWork() {
    return new RunningTask(
        task, title, branch, attempt, number, true, stage, startedAt, stageSince, newest, agent);
  }
}
