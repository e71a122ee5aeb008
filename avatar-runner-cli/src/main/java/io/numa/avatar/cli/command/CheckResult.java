package io.numa.avatar.cli.command;

import java.util.function.UnaryOperator;

/**
 * What one check of {@code doctor} found.
 *
 * @param exitCode the exit code that this result asks the program to return
 */
record CheckResult(Verdict verdict, String subject, String detail, int exitCode) {
  /** The result; {@code DOUBTFUL} warns the operator and does not fail the command. */
  enum Verdict {
    GOOD("@|green ok   |@"),
    DOUBTFUL("@|yellow note |@"),
    BAD("@|red,bold BAD  |@");

    private final String mark;

    Verdict(String mark) {
      this.mark = mark;
    }
  }

  static CheckResult good(String subject, String detail) {
    return new CheckResult(Verdict.GOOD, subject, detail, ExitCode.SUCCESS);
  }

  static CheckResult doubtful(String subject, String detail) {
    return new CheckResult(Verdict.DOUBTFUL, subject, detail, ExitCode.SUCCESS);
  }

  static CheckResult bad(String subject, String detail) {
    return new CheckResult(Verdict.BAD, subject, detail, ExitCode.FAILED);
  }

  static CheckResult refused(String subject, String detail) {
    return new CheckResult(Verdict.BAD, subject, detail, ExitCode.REFUSED);
  }

  /** Returns a copy with another detail text. */
  CheckResult withDetail(UnaryOperator<String> words) {
    return new CheckResult(verdict, subject, words.apply(detail), exitCode);
  }

  /** The verdict's mark, in picocli's markup. */
  String mark() {
    return verdict.mark;
  }

  String text() {
    return subject + ": " + detail;
  }
}
