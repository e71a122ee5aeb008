package io.numa.avatar.run.review;

import io.numa.avatar.plan.ReviewPolicy.Action;
import io.numa.avatar.port.repository.StagedChange;
import io.numa.avatar.run.agent.AgentPrompts;
import io.numa.avatar.run.agent.Setback;
import io.numa.avatar.run.text.ReviewText;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.StageFailedException;
import io.numa.avatar.task.agent.ReviewFinding;
import io.numa.avatar.task.agent.ReviewReport;
import io.numa.avatar.task.agent.ReviewReport.Verdict;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The result of a review, and what follows from it. */
public record Review(StagedChange change, ReviewReport report) {

  /**
   * What the agent that made the change is to mend; empty if it is to mend nothing. A change that
   * the reviewer rejects, or that has a blocker, is to be mended. An answer without a verdict may
   * hold a blocker, too.
   */
  public Optional<Setback> setback() {
    boolean bad = report.verdict() == Verdict.REJECTED || report.blockers() > 0;
    if (report.action() == Action.REPORT || !bad || report.findings().isEmpty()) {
      return Optional.empty();
    }
    boolean must = report.action() == Action.FAIL && report.blockers() > 0;
    return Optional.of(
        new Setback(
            brief(),
            signature(),
            Optional.of(change),
            must ? Setback.Need.MUST : Setback.Need.SHOULD));
  }

  private String brief() {
    return "A reviewer found this in your change:\n\n"
        + AgentPrompts.fenced(ReviewText.findings(report), "")
        + "\n\nThe block is the reviewer's opinion. Mend what is right. If a finding is wrong,"
        + " leave the code as it is, and say why.";
  }

  /** The same places with the same severities are the same failure; no two texts are alike. */
  private Set<String> signature() {
    return report.findings().stream()
        .map(Review::place)
        .map(place -> "review " + place)
        .collect(Collectors.toSet());
  }

  private static String place(ReviewFinding finding) {
    return finding.severity().word() + ' ' + finding.path().orElse("");
  }

  /**
   * Checks that the change may be delivered.
   *
   * @throws StageFailedException of kind {@code REVIEW_FAILED} if the action is {@code FAIL} and
   *     there is a blocker or no verdict
   */
  public void require() throws StageFailedException {
    if (report.action() != Action.FAIL) {
      return;
    }
    if (report.blockers() > 0) {
      throw new StageFailedException(FailureKind.REVIEW_FAILED, ReviewText.of(report));
    }
    if (report.verdict() == Verdict.NONE) {
      throw new StageFailedException(
          FailureKind.REVIEW_FAILED,
          "the review came to no verdict, and review.action is fail: " + ReviewText.of(report));
    }
  }
}
