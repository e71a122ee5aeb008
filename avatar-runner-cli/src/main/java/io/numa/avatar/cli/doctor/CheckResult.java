package io.numa.avatar.cli.doctor;

import java.util.function.UnaryOperator;

/** What one check of {@code doctor} found. */
public record CheckResult(Verdict verdict, String subject, String detail) {
  /** The result, from the best to the worst. */
  public enum Verdict {
    GOOD("@|green ok   |@"),
    /** Warns the operator, and does not fail the command. */
    DOUBTFUL("@|yellow note |@"),
    BAD("@|red,bold BAD  |@"),
    /** The backend refused the avatar's credentials. */
    REFUSED("@|red,bold BAD  |@");

    private final String mark;

    Verdict(String mark) {
      this.mark = mark;
    }
  }

  public static CheckResult good(String subject, String detail) {
    return new CheckResult(Verdict.GOOD, subject, detail);
  }

  static CheckResult doubtful(String subject, String detail) {
    return new CheckResult(Verdict.DOUBTFUL, subject, detail);
  }

  static CheckResult bad(String subject, String detail) {
    return new CheckResult(Verdict.BAD, subject, detail);
  }

  static CheckResult refused(String subject, String detail) {
    return new CheckResult(Verdict.REFUSED, subject, detail);
  }

  /** Returns a copy with another detail text. */
  public CheckResult withDetail(UnaryOperator<String> words) {
    return new CheckResult(verdict, subject, words.apply(detail));
  }

  /** The verdict's mark, in picocli's markup. */
  public String mark() {
    return verdict.mark;
  }

  public String text() {
    return subject + ": " + detail;
  }
}
