package io.numa.avatar.text;

/**
 * The rules of {@link TerminalFilter} in their simplest form, character by character: what the
 * filter passes on in bulk is compared with this.
 */
public final class SimpleTerminalFilter {
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

  private final StringBuilder clean = new StringBuilder();
  private final StringBuilder parameters = new StringBuilder();
  private State state = State.TEXT;
  private boolean lineEmpty = true;
  private boolean coloured;

  /** Whether the last line was ended by a carriage return, which a line feed may follow. */
  private boolean afterReturn;

  private SimpleTerminalFilter() {}

  /** What is left of a whole text. */
  public static String filtered(String text) {
    var filter = new SimpleTerminalFilter();
    text.chars().forEach(c -> filter.next((char) c));
    return filter.clean + (filter.coloured ? RESET : "");
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
      case ESC -> begin(State.ESCAPE);
      case '\u009b' -> begin(State.SEQUENCE);
      case '\u0090', '\u0098', '\u009d', '\u009e', '\u009f' -> begin(State.STRING);
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

  private void begin(State sequence) {
    state = sequence;
    parameters.setLength(0);
  }

  private void character(char c) {
    if ((Character.isISOControl(c) && c != '\t') || overridesDirection(c)) {
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
      if (c == 'm' && isColour()) {
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
