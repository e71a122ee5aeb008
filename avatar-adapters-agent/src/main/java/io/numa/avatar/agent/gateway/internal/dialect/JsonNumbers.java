package io.numa.avatar.agent.gateway.internal.dialect;

import java.math.BigDecimal;
import java.util.BitSet;

/**
 * Finds the numbers in JSON texts that arrive in pieces, split anywhere. Holds a few hundred bytes,
 * however long the texts and their strings are: a parser that builds values would hold them whole.
 *
 * <p>It does not check the texts. What it makes of a broken one is unspecified, except that it does
 * not throw. Not thread-safe.
 */
final class JsonNumbers {
  /** Deeper than the usage in any answer. Numbers below it are not reported. */
  private static final int MAX_PATH_DEPTH = 8;

  private static final int MAX_DEPTH = 4096;
  private static final int MAX_KEY = 64;
  private static final int MAX_DIGITS = 24;

  private final Found found;
  private final BitSet objects = new BitSet();
  private final int[] pathLengths = new int[MAX_PATH_DEPTH + 1];
  private final StringBuilder path = new StringBuilder();
  private final StringBuilder token = new StringBuilder();
  private int depth;
  private State state = State.BETWEEN;
  private boolean keyIsNext;

  /** Receives a number. */
  interface Found {
    /**
     * Takes a number.
     *
     * @param path the keys that lead to the number, such as {@code /usage/prompt_tokens}; lists add
     *     nothing to it
     */
    void number(String path, BigDecimal value);
  }

  private enum State {
    BETWEEN,
    NUMBER,
    KEY,
    KEY_ESCAPE,
    TEXT,
    TEXT_ESCAPE
  }

  JsonNumbers(Found found) {
    this.found = found;
  }

  /** Forgets the text so far; the next byte begins another one. */
  void reset() {
    objects.clear();
    path.setLength(0);
    depth = 0;
    keyIsNext = false;
    state = State.BETWEEN;
  }

  void accept(byte next) {
    switch (state) {
      case BETWEEN -> between(next);
      case NUMBER -> number(next);
      case KEY -> key(next);
      case KEY_ESCAPE -> state = State.KEY;
      case TEXT -> text(next);
      case TEXT_ESCAPE -> state = State.TEXT;
    }
  }

  private void text(byte next) {
    if (next == '"') {
      state = State.BETWEEN;
    } else if (next == '\\') {
      state = State.TEXT_ESCAPE;
    }
  }

  private void key(byte next) {
    if (next == '"') {
      state = State.BETWEEN;
      if (depth <= MAX_PATH_DEPTH) {
        path.setLength(pathLengths[depth]);
        path.append('/').append(token);
      }
    } else if (next == '\\') {
      state = State.KEY_ESCAPE;
      token.append('\\'); // no key that is looked for has one
    } else if (token.length() < MAX_KEY) {
      token.append((char) (next & 0xff));
    }
  }

  private void number(byte next) {
    boolean continues =
        (next >= '0' && next <= '9')
            || next == '.'
            || next == 'e'
            || next == 'E'
            || next == '+'
            || next == '-';
    if (!continues) {
      state = State.BETWEEN;
      report();
      between(next);
    } else if (token.length() <= MAX_DIGITS) {
      token.append((char) next);
    }
  }

  private void report() {
    if (depth > MAX_PATH_DEPTH || token.length() > MAX_DIGITS) {
      return;
    }
    try {
      found.number(path.toString(), new BigDecimal(token.toString()));
    } catch (NumberFormatException e) {
      // The text is broken here; numbers may follow.
    }
  }

  private void between(byte next) {
    switch (next) {
      case '{' -> open(true);
      case '[' -> open(false);
      case '}', ']' -> close();
      case ',' -> keyIsNext = inObject();
      case ':' -> keyIsNext = false;
      case '"' -> {
        state = keyIsNext ? State.KEY : State.TEXT;
        token.setLength(0);
      }
      default -> {
        if (next == '-' || (next >= '0' && next <= '9')) {
          state = State.NUMBER;
          token.setLength(0);
          token.append((char) next);
        }
      }
    }
  }

  private void open(boolean object) {
    depth++;
    if (depth <= MAX_DEPTH) {
      objects.set(depth, object);
    }
    if (depth <= MAX_PATH_DEPTH) {
      pathLengths[depth] = path.length();
    }
    keyIsNext = inObject();
  }

  private void close() {
    if (depth > 0) {
      if (depth <= MAX_PATH_DEPTH) {
        path.setLength(pathLengths[depth]);
      }
      depth--;
    }
    keyIsNext = false;
  }

  private boolean inObject() {
    return depth <= MAX_DEPTH && objects.get(depth);
  }
}
