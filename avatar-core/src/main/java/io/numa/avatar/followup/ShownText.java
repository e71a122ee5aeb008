package io.numa.avatar.followup;

import io.numa.avatar.run.secret.Redacted;
import io.numa.avatar.run.secret.Redactor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A text of others as people see it, quoted line by line: without characters that are not seen,
 * without secrets, and without what Markdown hides.
 */
final class ShownText {
  /** Stands where a text is cut off. */
  private static final String CUT_OFF = "\n[cut off]";

  /** A block of code, in which nothing is hidden, or a comment of HTML, which may lack its end. */
  private static final Pattern BLOCK_OR_COMMENT =
      Pattern.compile(
          "(?<block>(?m:^) {0,3}(?<fence>```+|~~~+)[^\\n]*\\n.*?(?:\\n {0,3}\\k<fence>|\\z))"
              + "|<!--.*?(?:-->|\\z)",
          Pattern.DOTALL);

  /** A definition of a link that leads nowhere: a known way to write what is not shown. */
  private static final Pattern NO_LINK =
      Pattern.compile("(?m)^ {0,3}\\[[^\\]\\n]*\\]: *(?:#|<>)[^\\n]*$");

  private static final String HIDDEN = "[hidden text was left out]";

  private final Redactor redactor;

  ShownText(Redactor redactor) {
    this.redactor = redactor;
  }

  /** The beginning of a comment in Markdown. */
  String comment(String markdown, int limit) {
    Redacted shown =
        Redacted.of(markdown, redactor)
            .changed(ShownText::withoutHidden)
            .changed(text -> NO_LINK.matcher(text).replaceAll(HIDDEN));
    return quoted(shown.shortened(limit, CUT_OFF).toString());
  }

  private static String withoutHidden(String markdown) {
    return BLOCK_OR_COMMENT
        .matcher(markdown)
        .replaceAll(
            found -> found.group(1) == null ? HIDDEN : Matcher.quoteReplacement(found.group(1)));
  }

  /** The last lines of a program's output. */
  String end(String output, int limit) {
    String clean = Redacted.of(output, redactor).toString().strip();
    if (clean.length() <= limit) {
      return quoted(clean);
    }
    String last = clean.substring(clean.length() - limit);
    return quoted(last.substring(last.indexOf('\n') + 1));
  }

  /** A name or a place, on one line. */
  String line(String text, int limit) {
    return Redacted.of(text, redactor).line().shortened(limit).toString();
  }

  /** Marks each line, so that no line can pass for one of the avatar's own. */
  private static String quoted(String text) {
    return text.strip().lines().map(line -> "> " + line).collect(Collectors.joining("\n"));
  }
}
