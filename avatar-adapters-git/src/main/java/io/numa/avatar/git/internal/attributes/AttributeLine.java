package io.numa.avatar.git.internal.attributes;

import io.numa.avatar.git.internal.support.CQuoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A line of {@code .gitattributes} (gitattributes(5)): a pattern of paths, or {@code [attr]} and
 * the name of a macro, and the states of attributes.
 *
 * @param subject the pattern, or the macro's name
 */
record AttributeLine(boolean macro, String subject, List<State> states) {
  private static final String BLANK = " \t\r\n";
  private static final String MACRO = "[attr]";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._][A-Za-z0-9._-]*");

  /** In bytes; Git ignores a longer line (attr.h, {@code ATTR_MAX_LINE_LENGTH}). */
  private static final int LONGEST = 2048;

  record State(String name, AttributeValue value) {}

  /** Reads a line; empty if it has no effect, as it is empty, a comment, or not well-formed. */
  static Optional<AttributeLine> parse(String text) {
    int start = skipBlank(text, 0);
    if (start == text.length() || text.charAt(start) == '#' || text.length() >= LONGEST) {
      return Optional.empty();
    }
    Optional<CQuoted> quoted = CQuoted.read(text, start);
    int end = quoted.map(CQuoted::end).orElse(skipWord(text, start));
    String subject = quoted.map(CQuoted::text).orElse(text.substring(start, end));
    boolean macro = subject.startsWith(MACRO) && subject.length() > MACRO.length();
    if (macro) {
      subject = subject.substring(MACRO.length());
    }
    if (macro ? !NAME.matcher(subject).matches() : subject.startsWith("!")) {
      return Optional.empty();
    }
    boolean isMacro = macro;
    String name = subject;
    return states(text.substring(end)).map(states -> new AttributeLine(isMacro, name, states));
  }

  /** The states; empty if one of them has no proper name. */
  private static Optional<List<State>> states(String text) {
    List<State> states = new ArrayList<>();
    for (int at = skipBlank(text, 0); at < text.length(); at = skipBlank(text, at)) {
      int end = skipWord(text, at);
      State state = state(text.substring(at, end));
      if (!NAME.matcher(state.name()).matches()) {
        return Optional.empty();
      }
      states.add(state);
      at = end;
    }
    return Optional.of(states);
  }

  private static State state(String word) {
    char sign = word.charAt(0);
    String rest = sign == '-' || sign == '!' ? word.substring(1) : word;
    int equals = rest.indexOf('=');
    String name = equals < 0 ? rest : rest.substring(0, equals);
    if (sign == '-') {
      return new State(name, AttributeValue.UNSET);
    }
    if (sign == '!') {
      return new State(name, AttributeValue.UNSPECIFIED);
    }
    return new State(
        name, equals < 0 ? AttributeValue.SET : AttributeValue.of(rest.substring(equals + 1)));
  }

  private static int skipBlank(String text, int from) {
    int at = from;
    while (at < text.length() && BLANK.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at;
  }

  private static int skipWord(String text, int from) {
    int at = from;
    while (at < text.length() && BLANK.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return at;
  }
}
