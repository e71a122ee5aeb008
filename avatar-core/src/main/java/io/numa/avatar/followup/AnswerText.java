package io.numa.avatar.followup;

import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.port.journal.FollowUp;
import io.numa.avatar.run.secret.Redacted;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.run.text.TestSummary;
import io.numa.avatar.task.Failure;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.agent.AgentReport;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The text of an answer, in Markdown. Words of the coding agent and of tests are in blocks of code,
 * where they notify no person and act as no command.
 */
final class AnswerText {
  private static final int MAX_WORDS = 2_000;

  private final Redactor redactor;

  AnswerText(Redactor redactor) {
    this.redactor = redactor;
  }

  /** The answer to an item of a follow-up that has ended. */
  String of(FollowUp followUp, FollowUp.Item item, StatusUpdate last) {
    String tests =
        followUp.commit().isPresent()
            ? last.work().tests().map(TestSummary::of).map(this::block).orElse("")
            : "";
    String said = last.work().agent().flatMap(AgentReport::summary).map(this::block).orElse("");
    return about(followUp, item) + outcome(followUp, last) + said + tests + marker(followUp, item);
  }

  private static String outcome(FollowUp followUp, StatusUpdate last) {
    if (followUp.commit().isPresent()) {
      return "dealt with in " + followUp.commit().get() + ".\n";
    }
    Optional<FailureKind> kind = last.failure().map(Failure::kind);
    if (kind.equals(Optional.of(FailureKind.NO_CHANGES))) {
      return "no change was made.\n";
    }
    return "not dealt with, after "
        + times(followUp.attempt())
        + kind.map(word -> ": " + word.word()).orElse("")
        + ". The avatar leaves it to people.\n";
  }

  /** The remark that the avatar makes no more follow-ups of its own. */
  String givenUp(FollowUp followUp, FollowUp.Item item) {
    return about(followUp, item)
        + "the avatar has tried "
        + times(followUp.attempt() - 1)
        + ", and leaves it to people.\n"
        + marker(followUp, item);
  }

  private static String about(FollowUp followUp, FollowUp.Item item) {
    return item.key().startsWith(Findings.CHECKS)
        ? "About the failed checks of " + followUp.head() + ": "
        : "";
  }

  private static String times(int count) {
    return count == 1 ? "once" : count + " times";
  }

  private static String marker(FollowUp followUp, FollowUp.Item item) {
    return "\n" + new Marker(item.key(), followUp.attempt(), followUp.commit()).text() + "\n";
  }

  /** A block of code that its text cannot end. */
  private String block(String text) {
    return Redacted.of(text, redactor)
        .shortened(MAX_WORDS)
        .toString()
        .strip()
        .lines()
        .map(line -> "    " + line.replace('\t', ' ') + "\n")
        .collect(Collectors.joining("", "\n", ""));
  }
}
