package io.numa.avatar.port.journal;

import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.task.Failure;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.TestReport;
import io.numa.avatar.task.TestVerdict;
import io.numa.avatar.task.WorkSummary;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What an attempt came to, short enough for a list.
 *
 * @param stage the stage in which it ended
 * @param message the first line of its last status
 * @param failure what stopped it
 * @param verdict the result of the last run of its tests, if they ran
 * @param tests the counts of that run
 * @param cost what its coding agent spent, in the currency of the configured prices; empty if none
 *     worked or no price is known
 */
public record TaskResult(
    Stage stage,
    String message,
    Optional<FailureKind> failure,
    Optional<TestVerdict> verdict,
    Optional<TestReport.Counts> tests,
    Optional<BigDecimal> cost) {

  /** The result that an attempt's last status tells. */
  public static TaskResult of(StatusUpdate last) {
    WorkSummary work = last.work();
    return new TaskResult(
        last.stage(),
        last.message().lines().findFirst().orElse(""),
        last.failure().map(Failure::kind),
        work.tests().map(TestReport::verdict),
        work.tests().map(TestReport::counts),
        work.agent().map(agent -> agent.usage().cost()).filter(cost -> cost.signum() > 0));
  }
}
