package io.numa.avatar.run.secret;

import io.numa.avatar.port.CommandRunner.OutputSink;
import io.numa.avatar.port.Secret;
import java.util.Collection;
import java.util.SortedSet;

/**
 * Finds out whether bytes have a secret in them, however it is written there.
 *
 * <p>There are several views of the same bytes: as they are, with escapes decoded, their letters
 * and digits alone, their hexadecimal digits alone, and their decimal numbers as characters. Each
 * view is searched for the forms that can be in it, so encodings and separators need no list of
 * combinations. A view remembers some bytes at most. Immutable.
 */
public final class SecretSearch {
  private final SecretAutomaton exact;
  private final SecretAutomaton letters;
  private final SecretAutomaton digits;

  private SecretSearch(SearchedForms forms) {
    exact = automaton(forms.exact());
    letters = automaton(forms.letters());
    digits = automaton(forms.digits());
  }

  private static SecretAutomaton automaton(SortedSet<byte[]> forms) {
    return SecretAutomaton.finding(forms);
  }

  /** A search for all secrets of at least 8 bytes. */
  static SecretSearch of(Collection<Secret> secrets) {
    return new SecretSearch(SearchedForms.of(secrets));
  }

  /**
   * Opens a sink for bytes that belong together, such as a file. A last line without a line end
   * needs one.
   *
   * @param found is called for each place where a secret ends, perhaps more than once
   */
  public OutputSink stream(Runnable found) {
    if (exact.isEmpty()) {
      return (buffer, offset, length) -> {};
    }
    OutputSink decoded = both(new Exact(exact, found), new Letters(letters, found));
    OutputSink texts = both(new Exact(exact, found), new Unescaped(new Unescaped(decoded)));
    OutputSink numbers = new CharacterNumbers(new Exact(exact, found));
    return both(texts, both(new HexDigits(digits, found), numbers));
  }

  private static OutputSink both(OutputSink first, OutputSink second) {
    return (buffer, offset, length) -> {
      first.write(buffer, offset, length);
      second.write(buffer, offset, length);
    };
  }

  /** Searches the bytes as they are. */
  private static final class Exact implements OutputSink {
    private final SecretAutomaton automaton;
    private final Runnable found;
    private int state;

    private Exact(SecretAutomaton automaton, Runnable found) {
      this.automaton = automaton;
      this.found = found;
    }

    @Override
    public void write(byte[] buffer, int offset, int length) {
      int now = state;
      for (int at = offset; at < offset + length; at++) {
        now = automaton.next(now, buffer[at]);
        if (automaton.matched(now) > 0) {
          found.run();
        }
      }
      state = now;
    }
  }

  /** Searches letters and digits alone: what is split, wrapped, put together or in UTF-16. */
  private static final class Letters implements OutputSink {
    private final SecretAutomaton automaton;
    private final Runnable found;
    private int state;

    private Letters(SecretAutomaton automaton, Runnable found) {
      this.automaton = automaton;
      this.found = found;
    }

    @Override
    public void write(byte[] buffer, int offset, int length) {
      int now = state;
      for (int at = offset; at < offset + length; at++) {
        if (SearchedForms.isLetter(buffer[at])) {
          now = automaton.next(now, buffer[at]);
          if (automaton.matched(now) > 0) {
            found.run();
          }
        }
      }
      state = now;
    }
  }

  /** Searches hexadecimal digits alone, in lower case and without {@code 0x}. */
  private static final class HexDigits implements OutputSink {
    private static final byte[] LOWER = new byte[256];

    static {
      for (char digit : "0123456789abcdef".toCharArray()) {
        LOWER[digit] = (byte) digit;
        LOWER[Character.toUpperCase(digit)] = (byte) digit;
      }
    }

    private final SecretAutomaton automaton;
    private final Runnable found;
    private int state;

    /** The state before the last digit. */
    private int earlier;

    private byte last;

    private HexDigits(SecretAutomaton automaton, Runnable found) {
      this.automaton = automaton;
      this.found = found;
    }

    @Override
    public void write(byte[] buffer, int offset, int length) {
      for (int at = offset; at < offset + length; at++) {
        byte unit = buffer[at];
        byte digit = LOWER[unit & 0xff];
        if (digit != 0) {
          earlier = state;
          state = automaton.next(state, digit);
          if (automaton.matched(state) > 0) {
            found.run();
          }
        } else if (last == '0' && (unit == 'x' || unit == 'X')) {
          state = earlier;
        }
        last = unit;
      }
    }
  }
}
