package io.numa.avatar.run;

import io.numa.avatar.port.agent.ReviewAnswer;
import io.numa.avatar.port.agent.ReviewReader;
import io.numa.avatar.task.agent.ReviewFinding;
import io.numa.avatar.task.agent.ReviewFinding.Severity;
import io.numa.avatar.task.agent.ReviewReport.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads answers of lines: a verdict, such as {@code rejected}, and then findings, such as {@code
 * blocker login.txt 1 what is wrong}.
 */
final class LineReviews implements ReviewReader {
  @Override
  public ReviewAnswer read(String answer) {
    List<String> lines = answer.lines().toList();
    if (lines.isEmpty() || !List.of("approved", "rejected", "none").contains(lines.get(0))) {
      return ReviewAnswer.UNREADABLE;
    }
    return new ReviewAnswer(
        Verdict.valueOf(lines.get(0).toUpperCase(Locale.ROOT)),
        lines.stream().skip(1).map(LineReviews::finding).toList(),
        0);
  }

  private static ReviewFinding finding(String line) {
    String[] words = line.split(" ", 4);
    return new ReviewFinding(
        Severity.valueOf(words[0].toUpperCase(Locale.ROOT)),
        Optional.of(words[1]),
        OptionalInt.of(Integer.parseInt(words[2])),
        words[3]);
  }
}
