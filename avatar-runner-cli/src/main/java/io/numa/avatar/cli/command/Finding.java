package io.numa.avatar.cli.command;

import java.util.function.UnaryOperator;

/**
 * What one check of {@code doctor} found.
 *
 * @param exitCode what the program should end with because of it
 */
record Finding(Verdict verdict, String subject, String detail, int exitCode) {
  /** How it is. */
  enum Verdict {
    GOOD("@|green ok   |@"),
    DOUBTFUL("@|yellow note |@"),
    BAD("@|red,bold BAD  |@");

    private final String mark;

    Verdict(String mark) {
      this.mark = mark;
    }
  }

  static Finding good(String subject, String detail) {
    return new Finding(Verdict.GOOD, subject, detail, ExitCode.SUCCESS);
  }

  static Finding doubtful(String subject, String detail) {
    return new Finding(Verdict.DOUBTFUL, subject, detail, ExitCode.SUCCESS);
  }

  static Finding bad(String subject, String detail) {
    return new Finding(Verdict.BAD, subject, detail, ExitCode.FAILED);
  }

  static Finding refused(String subject, String detail) {
    return new Finding(Verdict.BAD, subject, detail, ExitCode.REFUSED);
  }

  /** The same, with another text. */
  Finding withDetail(UnaryOperator<String> words) {
    return new Finding(verdict, subject, words.apply(detail), exitCode);
  }

  /** In picocli's markup. */
  String mark() {
    return verdict.mark;
  }

  String text() {
    return subject + ": " + detail;
  }
}
