package io.numa.avatar.agent.wire;

/**
 * Follows the strings of a JSON text, and drops what is beyond their limit; never half an escape.
 */
final class StringCutter {
  /** The longest string that is kept whole, in characters as they are written. */
  static final int LIMIT = 1024 * 1024;

  private static final int UNICODE_DIGITS = 4;

  private final int limit;
  private State state = State.OUTSIDE;
  private int length;
  private int digits;

  /** Whether the escape that is being read began before the limit. */
  private boolean keepsEscape;

  private enum State {
    OUTSIDE,
    STRING,
    ESCAPE,
    DIGITS
  }

  StringCutter(int limit) {
    this.limit = limit;
  }

  /** Says of the text's next character whether it is kept. */
  boolean keeps(char next) {
    return switch (state) {
      case OUTSIDE -> outside(next);
      case STRING -> inString(next);
      case ESCAPE -> inEscape(next);
      case DIGITS -> inDigits();
    };
  }

  private boolean outside(char next) {
    if (next == '"') {
      state = State.STRING;
      length = 0;
    }
    return true;
  }

  private boolean inString(char next) {
    if (next == '"') {
      state = State.OUTSIDE;
      return true;
    }
    boolean kept = length++ < limit;
    if (next == '\\') {
      state = State.ESCAPE;
      keepsEscape = kept;
    }
    return kept;
  }

  private boolean inEscape(char next) {
    state = next == 'u' ? State.DIGITS : State.STRING;
    digits = UNICODE_DIGITS;
    length++;
    return keepsEscape;
  }

  private boolean inDigits() {
    length++;
    if (--digits == 0) {
      state = State.STRING;
    }
    return keepsEscape;
  }
}
