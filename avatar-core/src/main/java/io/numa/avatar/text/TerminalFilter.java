package io.numa.avatar.text;

import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Passes on a text that was made for a terminal as plain lines, in pieces that may be cut anywhere.
 *
 * <p>Taken out are control sequences (CSI), control strings such as titles and links (OSC, DCS,
 * SOS, PM, APC), all other escapes, their eight-bit forms, other control characters, and those that
 * override the direction of text. Colours can stay; a line that ends in a colour gets a reset, so
 * that no later line has it.
 *
 * <p>Two lines never become one. Each character that ends a line for some program ends it here:
 * carriage return, vertical tab, form feed, NEL, LS and PS, and a sequence that moves the cursor to
 * another place, if it is not at the start of a line. An unfinished control string ends with its
 * line. Not thread-safe.
 */
public final class TerminalFilter implements Consumer<String> {
  /** Longer sequences set no colours. */
  private static final int LONGEST_COLOUR = 64;

  private static final char ESC = '\u001b';
  private static final char LS = '\u2028';
  private static final char PS = '\u2029';
  private static final char LAST_DIRECTION = '\u2069';
  private static final String RESET = ESC + "[0m";

  /** The last characters of sequences that move the cursor to another line or column. */
  private static final String MOVES = "ABEFGHdf";

  private enum State {
    TEXT,
    ESCAPE,
    INTERMEDIATE,
    SEQUENCE,
    STRING
  }

  private final boolean colours;
  private final Consumer<String> out;
  private final IntConsumer removed;
  private final StringBuilder clean = new StringBuilder();
  private final StringBuilder parameters = new StringBuilder();
  private State state = State.TEXT;
  private boolean lineEmpty = true;
  private boolean coloured;

  /** Whether the last line was ended by a carriage return, which a line feed may follow. */
  private boolean afterReturn;

  private TerminalFilter(boolean colours, Consumer<String> out, IntConsumer removed) {
    this.colours = colours;
    this.out = out;
    this.removed = removed;
  }

  /** A filter that keeps colours and other styles of characters. */
  public static TerminalFilter keepingColours(Consumer<String> out) {
    return new TerminalFilter(true, out, point -> {});
  }

  /**
   * A filter that takes out colours, too.
   *
   * @param removed receives each character that was taken out; of a sequence, the first one
   */
  static TerminalFilter plain(Consumer<String> out, IntConsumer removed) {
    return new TerminalFilter(false, out, removed);
  }

  @Override
  public void accept(String text) {
    char[] chars = text.toCharArray();
    boolean atRest = state == State.TEXT && !coloured && !afterReturn;
    if (atRest && endOfPlain(chars, 0, true) == chars.length) {
      lineEmpty = text.isEmpty() ? lineEmpty : text.endsWith("\n");
      out.accept(text);
    } else {
      filter(chars);
    }
  }

  private void filter(char[] text) {
    int at = 0;
    while (at < text.length) {
      int end = state == State.TEXT ? endOfPlain(text, at, false) : at;
      if (end == at) {
        next(text[at++]);
      } else {
        clean.append(text, at, end - at);
        lineEmpty = false;
        afterReturn = false;
        at = end;
      }
    }
    flush();
  }

  /** The end of the characters from {@code from} on that stay as they are. */
  private static int endOfPlain(char[] text, int from, boolean lineFeeds) {
    int at = from;
    while (at < text.length && (isPlain(text[at]) || (lineFeeds && text[at] == '\n'))) {
      at++;
    }
    return at;
  }

  private static boolean isPlain(char c) {
    return (c >= ' ' && c < '\u007f')
        || c == '\t'
        || (c >= '\u00a0' && (c < LS || c > LAST_DIRECTION));
  }

  /** Ends the text. */
  public void end() {
    if (coloured) {
      clean.append(RESET);
      coloured = false;
    }
    flush();
  }

  private void flush() {
    if (clean.length() > 0) {
      out.accept(clean.toString());
      clean.setLength(0);
    }
  }

  private void next(char c) {
    switch (state) {
      case TEXT -> text(c);
      case ESCAPE -> escape(c);
      case INTERMEDIATE -> intermediate(c);
      case SEQUENCE -> sequence(c);
      case STRING -> string(c);
    }
  }

  private void text(char c) {
    switch (c) {
      case '\n' -> lineFeed();
      case '\r' -> carriageReturn();
      case '\u000b', '\f', '\u0085', LS, PS -> endLine();
      case ESC -> begin(State.ESCAPE, c);
      case '\u009b' -> begin(State.SEQUENCE, c);
      case '\u0090', '\u0098', '\u009d', '\u009e', '\u009f' -> begin(State.STRING, c);
      default -> character(c);
    }
  }

  private void lineFeed() {
    if (!afterReturn) {
      endLine();
    }
    afterReturn = false;
  }

  private void carriageReturn() {
    if (!lineEmpty) {
      endLine();
      afterReturn = true;
    }
  }

  private void endLine() {
    afterReturn = false;
    if (coloured) {
      clean.append(RESET);
      coloured = false;
    }
    clean.append('\n');
    lineEmpty = true;
  }

  private void begin(State sequence, char first) {
    state = sequence;
    parameters.setLength(0);
    removed.accept(first);
  }

  private void character(char c) {
    if ((Character.isISOControl(c) && c != '\t') || overridesDirection(c)) {
      removed.accept(c);
      return;
    }
    clean.append(c);
    lineEmpty = false;
    afterReturn = false;
  }

  private static boolean overridesDirection(char c) {
    return (c >= '\u202a' && c <= '\u202e') || (c >= '\u2066' && c <= LAST_DIRECTION);
  }

  private void escape(char c) {
    switch (c) {
      case '[' -> state = State.SEQUENCE;
      case ']', 'P', 'X', '^', '_' -> state = State.STRING;
      case 'D', 'E', 'M' -> move();
      default -> intermediate(c);
    }
  }

  private void intermediate(char c) {
    if (c >= ' ' && c < '0') {
      state = State.INTERMEDIATE;
    } else if (c >= '0' && c < '\u007f') {
      state = State.TEXT;
    } else {
      textAgain(c);
    }
  }

  private void sequence(char c) {
    if (c >= ' ' && c < '@') {
      if (parameters.length() < LONGEST_COLOUR) {
        parameters.append(c);
      }
    } else if (MOVES.indexOf(c) >= 0) {
      move();
    } else if (c >= '@' && c < '\u007f') {
      state = State.TEXT;
      if (c == 'm' && colours && isColour()) {
        colour();
      }
    } else {
      textAgain(c);
    }
  }

  private void move() {
    state = State.TEXT;
    if (!lineEmpty) {
      endLine();
    }
  }

  private boolean isColour() {
    return parameters.length() < LONGEST_COLOUR
        && parameters.chars().allMatch(c -> (c >= '0' && c <= '9') || c == ';' || c == ':');
  }

  private void colour() {
    coloured = !parameters.chars().allMatch(c -> c == '0');
    clean.append(ESC).append('[').append(parameters).append('m');
  }

  private void string(char c) {
    if (c == '\u0007' || c == '\u009c') {
      state = State.TEXT;
    } else if (c == ESC) {
      state = State.ESCAPE; // a backslash behind it ends the string
    } else if ("\n\r\u000b\f\u0085\u2028\u2029".indexOf(c) >= 0) {
      textAgain(c);
    }
  }

  private void textAgain(char c) {
    state = State.TEXT;
    text(c);
  }
}
