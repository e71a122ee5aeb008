package io.numa.avatar.text;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.port.CommandRunner.OutputSink;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.util.function.IntConsumer;

/**
 * Passes on a text that was made for a terminal as plain lines, in UTF-8. It may be written in
 * pieces that are cut between any two characters; what is not UTF-8 becomes U+FFFD.
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
public final class TerminalFilter implements OutputSink {
  /** Longer sequences set no colours. */
  private static final int LONGEST_COLOUR = 64;

  private static final char ESC = '\u001b';
  private static final char LS = '\u2028';
  private static final char PS = '\u2029';
  private static final int REPLACEMENT = 0xfffd;
  private static final byte[] RESET = (ESC + "[0m").getBytes(US_ASCII);

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
  private final OutputSink out;
  private final IntConsumer removed;
  private final CharsetDecoder decoder = UTF_8.newDecoder();
  private final ByteArrayOutputStream clean = new ByteArrayOutputStream();
  private final StringBuilder parameters = new StringBuilder();
  private State state = State.TEXT;
  private boolean lineEmpty = true;
  private boolean coloured;

  /** Whether the last line was ended by a carriage return, which a line feed may follow. */
  private boolean afterReturn;

  private TerminalFilter(boolean colours, OutputSink out, IntConsumer removed) {
    this.colours = colours;
    this.out = out;
    this.removed = removed;
  }

  /** A filter that keeps colours and other styles of characters. */
  public static TerminalFilter keepingColours(OutputSink out) {
    return new TerminalFilter(true, out, point -> {});
  }

  /**
   * A filter that takes out colours, too.
   *
   * @param removed receives each character that was taken out; of a sequence, the first one
   */
  static TerminalFilter plain(OutputSink out, IntConsumer removed) {
    return new TerminalFilter(false, out, removed);
  }

  @Override
  public void write(byte[] buffer, int offset, int length) {
    int end = offset + length;
    int at = keptEnd(buffer, offset, end);
    if (at == end) {
      out.write(buffer, offset, length);
      return;
    }
    clean.write(buffer, offset, at - offset);
    while (at < end) {
      int rest = filterNext(buffer, at, end);
      at = keptEnd(buffer, rest, end);
      clean.write(buffer, rest, at - rest);
    }
    flush();
  }

  /** Reads the bytes from {@code from} on that stay as they are, and returns their end. */
  private int keptEnd(byte[] buffer, int from, int end) {
    if (state != State.TEXT) {
      return from;
    }
    int kept = Utf8Scan.plainEnd(buffer, from, end);
    if (coloured || afterReturn) {
      kept = Utf8Scan.lineFeed(buffer, from, kept);
    }
    if (kept > from) {
      lineEmpty = buffer[kept - 1] == '\n';
      afterReturn = false;
    }
    return kept;
  }

  /** Reads one character, and returns its end. */
  private int filterNext(byte[] buffer, int at, int end) {
    int length = Utf8Scan.length(buffer, at, end);
    if (length == 1) {
      next(buffer[at]);
      return at + 1;
    }
    if (length == 0) {
      next(REPLACEMENT);
      return at + malformed(buffer, at, end);
    }
    next(new String(buffer, at, length, UTF_8).codePointAt(0));
    return at + length;
  }

  /** How many bytes become one U+FFFD. */
  private int malformed(byte[] buffer, int at, int end) {
    var bytes = ByteBuffer.wrap(buffer, at, end - at);
    return decoder.reset().decode(bytes, CharBuffer.allocate(2), true).length();
  }

  /** Ends the text. */
  public void end() {
    if (coloured) {
      clean.writeBytes(RESET);
      coloured = false;
    }
    flush();
  }

  private void flush() {
    if (clean.size() > 0) {
      byte[] bytes = clean.toByteArray();
      clean.reset();
      out.write(bytes, 0, bytes.length);
    }
  }

  private void next(int c) {
    switch (state) {
      case TEXT -> text(c);
      case ESCAPE -> escape(c);
      case INTERMEDIATE -> intermediate(c);
      case SEQUENCE -> sequence(c);
      case STRING -> string(c);
    }
  }

  private void text(int c) {
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
      clean.writeBytes(RESET);
      coloured = false;
    }
    clean.write('\n');
    lineEmpty = true;
  }

  private void begin(State sequence, int first) {
    state = sequence;
    parameters.setLength(0);
    removed.accept(first);
  }

  private void character(int c) {
    if ((Character.isISOControl(c) && c != '\t') || overridesDirection(c)) {
      removed.accept(c);
      return;
    }
    clean.writeBytes(Character.toString(c).getBytes(UTF_8));
    lineEmpty = false;
    afterReturn = false;
  }

  private static boolean overridesDirection(int c) {
    return (c >= '\u202a' && c <= '\u202e') || (c >= '\u2066' && c <= '\u2069');
  }

  private void escape(int c) {
    switch (c) {
      case '[' -> state = State.SEQUENCE;
      case ']', 'P', 'X', '^', '_' -> state = State.STRING;
      case 'D', 'E', 'M' -> move();
      default -> intermediate(c);
    }
  }

  private void intermediate(int c) {
    if (c >= ' ' && c < '0') {
      state = State.INTERMEDIATE;
    } else if (c >= '0' && c < '\u007f') {
      state = State.TEXT;
    } else {
      textAgain(c);
    }
  }

  private void sequence(int c) {
    if (c >= ' ' && c < '@') {
      if (parameters.length() < LONGEST_COLOUR) {
        parameters.append((char) c);
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
    return parameters.length() < LONGEST_COLOUR && hasOnly("0123456789;:");
  }

  private boolean hasOnly(String characters) {
    for (int at = 0; at < parameters.length(); at++) {
      if (characters.indexOf(parameters.charAt(at)) < 0) {
        return false;
      }
    }
    return true;
  }

  private void colour() {
    coloured = !hasOnly("0");
    clean.writeBytes((ESC + "[" + parameters + "m").getBytes(US_ASCII));
  }

  private void string(int c) {
    if (c == '\u0007' || c == '\u009c') {
      state = State.TEXT;
    } else if (c == ESC) {
      state = State.ESCAPE; // a backslash behind it ends the string
    } else if ("\n\r\u000b\f\u0085\u2028\u2029".indexOf(c) >= 0) {
      textAgain(c);
    }
  }

  private void textAgain(int c) {
    state = State.TEXT;
    text(c);
  }
}
