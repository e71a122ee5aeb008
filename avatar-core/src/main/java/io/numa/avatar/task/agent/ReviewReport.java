package io.numa.avatar.task.agent;

import io.numa.avatar.plan.ReviewPolicy.Action;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The last review of a change by another coding agent.
 *
 * @param agent the operator's name for the agent that reviewed
 * @param action what follows from its findings
 * @param rounds how often the task's changes were reviewed in this attempt
 * @param findings the worst first, at most {@value #MAX_FINDINGS}
 * @param omitted how many more findings there were
 * @param usage what the reviews of this attempt used; a part of {@link AgentReport#usage}
 * @param problem why there is no verdict
 */
public record ReviewReport(
    String agent,
    Action action,
    Verdict verdict,
    int rounds,
    List<ReviewFinding> findings,
    int omitted,
    AgentUsage usage,
    Optional<String> problem) {
  /** More findings than this are only counted. */
  public static final int MAX_FINDINGS = 50;

  public ReviewReport {
    findings = List.copyOf(findings);
  }

  /** What a reviewer says of a change as a whole. */
  public enum Verdict {
    APPROVED,
    REJECTED,
    /** It said nothing that could be read. */
    NONE;

    /** The verdict as statuses spell it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How many of the findings are blockers. */
  public long blockers() {
    return findings.stream().filter(ReviewFinding::isBlocker).count();
  }
}
