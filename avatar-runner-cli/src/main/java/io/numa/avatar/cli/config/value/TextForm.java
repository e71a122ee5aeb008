package io.numa.avatar.cli.config.value;

import io.numa.avatar.cli.config.value.Accepts.Form;
import io.numa.avatar.document.NearestName;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The form of a text.
 *
 * @param pattern of the whole text
 * @param expected the form in words that follow "expected"
 */
record TextForm(Pattern pattern, String expected) {
  private static final String LINE = "[^\\x00-\\x1f\\x7f]{1,200}";
  private static final Pattern WORDS = Pattern.compile("\\w+(?:\\|\\w+)+");

  /** The form that a key demands; a line of text if it demands none. */
  static TextForm of(@Nullable Form form) {
    return form == null
        ? new TextForm(Pattern.compile(LINE), "a line of text")
        : new TextForm(Pattern.compile(form.value()), form.expected());
  }

  /**
   * The text, if it has this form.
   *
   * @throws UnacceptableException if it is nearly one of the words that are allowed
   */
  Optional<String> read(String text) {
    if (pattern.matcher(text).matches()) {
      return Optional.of(text);
    }
    if (WORDS.matcher(pattern.pattern()).matches()) {
      NearestName.of(text, List.of(pattern.pattern().split("\\|")))
          .ifPresent(near -> suggest(text, near));
    }
    return Optional.empty();
  }

  private void suggest(String text, String near) {
    String shown = text.replaceAll("\\p{Cntrl}", "?");
    throw new UnacceptableException(
        "is '" + shown + "', expected " + expected + "; did you mean '" + near + "'?");
  }
}
