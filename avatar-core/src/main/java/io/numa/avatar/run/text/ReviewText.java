package io.numa.avatar.run.text;

import io.numa.avatar.task.agent.ReviewFinding;
import io.numa.avatar.task.agent.ReviewReport;
import java.util.stream.Collectors;

/** Describes a review in a few lines. */
public final class ReviewText {
  private ReviewText() {}

  /** Such as {@code review by claude: rejected, 1 blocker, 3 findings}, and the findings. */
  public static String of(ReviewReport report) {
    String findings = findings(report);
    return headline(report) + (findings.isEmpty() ? "" : "\n" + findings.indent(2).stripTrailing());
  }

  /** Such as {@code review by claude: rejected, 1 blocker, 3 findings}. */
  public static String headline(ReviewReport report) {
    String verdict =
        switch (report.verdict()) {
          case APPROVED -> "approved";
          case REJECTED -> "rejected";
          case NONE -> "no verdict";
        };
    long blockers = report.blockers();
    int findings = report.findings().size() + report.omitted();
    return "review by "
        + report.agent()
        + ": "
        + verdict
        + report.problem().map(problem -> " (" + problem + ")").orElse("")
        + (blockers > 0 ? ", " + blockers + (blockers == 1 ? " blocker" : " blockers") : "")
        + (findings > 0 ? ", " + findings + (findings == 1 ? " finding" : " findings") : "");
  }

  /** A line for each finding, and more where its text has more. */
  public static String findings(ReviewReport report) {
    String more = report.omitted() > 0 ? "\nand " + report.omitted() + " more" : "";
    return report.findings().stream()
            .map(finding -> heading(finding) + ": " + finding.text().strip())
            .collect(Collectors.joining("\n"))
        + more;
  }

  /** Such as {@code blocker, src/a.c:12}. */
  public static String heading(ReviewFinding finding) {
    String line = finding.line().isPresent() ? ":" + finding.line().getAsInt() : "";
    return finding.severity().word() + finding.path().map(path -> ", " + path + line).orElse("");
  }
}
