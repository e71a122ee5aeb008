package io.numa.avatar.run.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.text.CleanText;
import java.io.ByteArrayOutputStream;
import java.util.function.UnaryOperator;

/**
 * A text to be shown: without what a terminal obeys, and with its secrets replaced. Only such a
 * text can be shortened: a cut through a secret would leave a piece that no redactor finds any
 * more. So the order is always: redact, then cut. Immutable.
 */
public final class Redacted {
  private static final String ELLIPSIS = "…";

  private final Redactor redactor;
  private final String text;

  private Redacted(Redactor redactor, String text) {
    this.redactor = redactor;
    this.text = text;
  }

  /** A whole text, cleaned as by {@link CleanText}, and without its secrets. */
  public static Redacted of(String text, Redactor redactor) {
    return new Redacted(redactor, redactor.redact(CleanText.of(text).text()));
  }

  /**
   * The beginning of a longer text, such as an answer that was not read to its end. An end that may
   * be the beginning of a secret is left out.
   */
  public static Redacted ofBeginning(String beginning, Redactor redactor) {
    var clean = new ByteArrayOutputStream(beginning.length());
    byte[] bytes = beginning.getBytes(UTF_8);
    // The stream is not closed, so it does not pass on what may begin a secret.
    redactor.stream(clean::write).write(bytes, 0, bytes.length);
    return of(clean.toString(UTF_8), redactor);
  }

  /** The changed text. A change may put a secret together, so it is redacted again. */
  public Redacted changed(UnaryOperator<String> change) {
    return of(change.apply(text), redactor);
  }

  /** On one line. */
  public Redacted line() {
    return changed(given -> given.replaceAll("[\t\n]+", " ").strip());
  }

  /**
   * The first {@code limit} characters with an ellipsis behind them; the whole text if it is not
   * longer. A character of two UTF-16 units is not split.
   */
  public Redacted shortened(int limit) {
    return shortened(limit, ELLIPSIS);
  }

  /** The same with another text than an ellipsis behind the characters. */
  public Redacted shortened(int limit, String mark) {
    if (text.length() <= limit) {
      return this;
    }
    int end = limit > 0 && Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
    return new Redacted(redactor, text.substring(0, end) + mark);
  }

  /**
   * The first line that is not blank, at most {@code limit} characters, with an ellipsis if more
   * follows.
   */
  public Redacted firstLine(int limit) {
    String line = text.lines().filter(each -> !each.isBlank()).findFirst().orElse("").strip();
    boolean last = line.equals(text.strip());
    return last || line.length() > limit
        ? new Redacted(redactor, line).shortened(limit)
        : new Redacted(redactor, line + ELLIPSIS);
  }

  public boolean isEmpty() {
    return text.isEmpty();
  }

  /** The text. */
  @Override
  public String toString() {
    return text;
  }
}
