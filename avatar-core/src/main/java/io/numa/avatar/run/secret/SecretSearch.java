package io.numa.avatar.run.secret;

import io.numa.avatar.port.CommandRunner.OutputSink;
import io.numa.avatar.port.Secret;
import java.util.Collection;
import java.util.function.IntUnaryOperator;

/**
 * Finds out whether bytes have a secret in them, however it is written there.
 *
 * <p>There are several views of the same bytes: as they are, with escapes decoded, their letters
 * and digits alone, their hexadecimal digits alone, and their decimal numbers as characters. Each
 * view is searched for the forms that can be in it, so encodings and separators need no list of
 * combinations. A view remembers some bytes at most. Immutable.
 */
public final class SecretSearch {
  /** Each byte as it is. */
  private static final short[] ALL = reading(unit -> unit);

  /** Letters and digits alone: finds what is split, wrapped, put together or in UTF-16. */
  private static final short[] LETTERS =
      reading(unit -> SearchedForms.isLetter((byte) unit) ? unit : -1);

  /** Hexadecimal digits alone, in lower case. */
  private static final short[] DIGITS =
      reading(
          unit -> {
            int lower = Character.toLowerCase(unit);
            return "0123456789abcdef".indexOf(lower) < 0 ? -1 : lower;
          });

  private final SecretAutomaton exact;
  private final SecretAutomaton letters;
  private final SecretAutomaton digits;

  private SecretSearch(SearchedForms forms) {
    exact = SecretAutomaton.finding(forms.exact());
    letters = SecretAutomaton.finding(forms.letters());
    digits = SecretAutomaton.finding(forms.digits());
  }

  /** A search for all secrets of at least 8 bytes. */
  static SecretSearch of(Collection<Secret> secrets) {
    return new SecretSearch(SearchedForms.of(secrets));
  }

  /** What is read for each byte; -1 for one that is left out. */
  private static short[] reading(IntUnaryOperator view) {
    var read = new short[256];
    for (int unit = 0; unit < read.length; unit++) {
      read[unit] = (short) view.applyAsInt(unit);
    }
    return read;
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
    OutputSink decoded = both(new View(ALL, exact, found), new View(LETTERS, letters, found));
    OutputSink texts = both(new View(ALL, exact, found), new Unescaped(new Unescaped(decoded)));
    OutputSink numbers = new CharacterNumbers(new View(ALL, exact, found));
    return both(texts, both(new View(DIGITS, digits, found), numbers));
  }

  private static OutputSink both(OutputSink first, OutputSink second) {
    return (buffer, offset, length) -> {
      first.write(buffer, offset, length);
      second.write(buffer, offset, length);
    };
  }

  /** Searches one view of the bytes. */
  private static final class View implements OutputSink {
    private final short[] reading;
    private final SecretAutomaton automaton;
    private final Runnable found;
    private int state;

    /** The state before the byte that was read last. */
    private int earlier;

    /** The last byte, read or left out. */
    private byte last;

    private View(short[] reading, SecretAutomaton automaton, Runnable found) {
      this.reading = reading;
      this.automaton = automaton;
      this.found = found;
    }

    @Override
    public void write(byte[] buffer, int offset, int length) {
      for (int at = offset; at < offset + length; at++) {
        byte unit = buffer[at];
        int read = reading[unit & 0xff];
        if (read >= 0) {
          earlier = state;
          state = automaton.next(state, (byte) read);
          if (automaton.matched(state) > 0) {
            found.run();
          }
        } else if (last == '0' && (unit == 'x' || unit == 'X')) {
          state = earlier; // the zero of 0x is no digit
        }
        last = unit;
      }
    }
  }
}
