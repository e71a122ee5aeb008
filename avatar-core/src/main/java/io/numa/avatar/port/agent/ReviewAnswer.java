package io.numa.avatar.port.agent;

import io.numa.avatar.task.agent.ReviewFinding;
import io.numa.avatar.task.agent.ReviewReport.Verdict;
import java.util.List;

/**
 * What a reviewer's answer says.
 *
 * @param verdict {@code NONE} if the answer has none that can be read
 * @param findings the worst first; a bounded number of them
 * @param omitted how many more there were
 */
public record ReviewAnswer(Verdict verdict, List<ReviewFinding> findings, int omitted) {
  /** An answer of which nothing can be read. */
  public static final ReviewAnswer UNREADABLE = new ReviewAnswer(Verdict.NONE, List.of(), 0);

  public ReviewAnswer {
    findings = List.copyOf(findings);
  }
}
