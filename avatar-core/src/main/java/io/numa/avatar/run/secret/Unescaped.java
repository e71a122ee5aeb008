package io.numa.avatar.run.secret;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.port.CommandRunner.OutputSink;
import java.util.Map;

/**
 * Passes on a text with its escapes decoded: those of URLs, such as {@code %41}, the numbered and
 * the five common named entities of HTML, and those of programming languages, which begin with a
 * backslash: octal, {@code x41}, {@code u0041} (also in braces), {@code U00000041}, and letters for
 * line ends. All other bytes stay. It holds back the beginning of an escape. Not thread-safe.
 */
final class Unescaped implements OutputSink {
  /** The most digits of a number between two signs. */
  private static final int MAX_DIGITS = 8;

  private static final int LONGEST = "&#x".length() + MAX_DIGITS + 1;
  private static final int MORE = 0;
  private static final int NONE = -1;
  private static final int HEX = 16;

  private static final Map<String, Character> NAMED =
      Map.of("&amp;", '&', "&lt;", '<', "&gt;", '>', "&quot;", '"', "&apos;", '\'');

  private final OutputSink out;
  private final byte[] held = new byte[LONGEST];
  private int count;

  /** The character that the last parsed escape stands for. */
  private int value;

  Unescaped(OutputSink out) {
    this.out = out;
  }

  @Override
  public void write(byte[] buffer, int offset, int length) {
    int end = offset + length;
    int plain = offset;
    for (int at = offset; at < end; at++) {
      byte unit = buffer[at];
      if (count > 0) {
        hold(unit);
        plain = at + 1;
      } else if (begins(unit)) {
        out.write(buffer, plain, at - plain);
        hold(unit);
        plain = at + 1;
      }
    }
    out.write(buffer, plain, end - plain);
  }

  private static boolean begins(byte unit) {
    return unit == '\\' || unit == '%' || unit == '&';
  }

  private void hold(byte unit) {
    held[count++] = unit;
    while (count > 0) {
      int length = begins(held[0]) ? parse() : NONE;
      if (length == MORE) {
        return;
      }
      pass(length);
    }
  }

  /** Passes on the escape at the start of what is held, or its first byte if there is none. */
  private void pass(int length) {
    int gone = Math.max(1, length);
    if (length == NONE) {
      out.write(held, 0, 1);
    } else if (value <= 0xff && !isCharacter()) {
      out.write(new byte[] {(byte) value}, 0, 1);
    } else {
      byte[] character = utf8(value);
      out.write(character, 0, character.length);
    }
    System.arraycopy(held, gone, held, 0, count - gone);
    count -= gone;
  }

  /** Whether the escape stands for a character, and not for a byte. */
  private boolean isCharacter() {
    return held[0] == '&' || held[1] == 'u' || held[1] == 'U';
  }

  private static byte[] utf8(int point) {
    return Character.isValidCodePoint(point)
        ? Character.toString(point).getBytes(UTF_8)
        : new byte[] {0};
  }

  /** The length of the escape at the start of what is held; {@link #MORE} or {@link #NONE}. */
  private int parse() {
    if (held[0] == '%') {
      return fixed(1, 2);
    }
    if (count == 1) {
      return MORE;
    }
    return held[0] == '&' ? entity() : backslash();
  }

  private int backslash() {
    return switch (held[1]) {
      case 'x' -> fixed(2, 2);
      case 'U' -> fixed(2, 8);
      case 'u' -> count > 2 && held[2] == '{' ? ended(3, HEX, '}') : fixed(2, 4);
      case '0', '1', '2', '3', '4', '5', '6', '7' -> octal();
      case 'b', 'f', 'n', 'r', 't', 'v' -> single('\n');
      default -> single(held[1] & 0xff);
    };
  }

  private int single(int meant) {
    value = meant;
    return 2;
  }

  private int octal() {
    int end = 1 + digits(1, 8, 3);
    return end == count && end <= 3 ? MORE : end;
  }

  private int entity() {
    if (held[1] != '#') {
      return named();
    }
    if (count == 2) {
      return MORE;
    }
    return held[2] == 'x' || held[2] == 'X' ? ended(3, HEX, ';') : ended(2, 10, ';');
  }

  private int named() {
    String text = new String(held, 0, count, US_ASCII);
    Character meant = NAMED.get(text);
    if (meant != null) {
      value = meant;
      return count;
    }
    return NAMED.keySet().stream().anyMatch(name -> name.startsWith(text)) ? MORE : NONE;
  }

  /** An escape that ends with the given number of hexadecimal digits. */
  private int fixed(int from, int size) {
    int end = from + digits(from, HEX, size);
    if (end == from + size) {
      return end;
    }
    return end == count ? MORE : NONE;
  }

  /** An escape of some digits and a sign behind them. */
  private int ended(int from, int radix, char sign) {
    int size = digits(from, radix, MAX_DIGITS);
    int end = from + size;
    if (end == count) {
      return size < MAX_DIGITS ? MORE : NONE;
    }
    return size > 0 && held[end] == sign ? end + 1 : NONE;
  }

  /** Reads digits, some at most, into the value, and says how many there are. */
  private int digits(int from, int radix, int most) {
    value = 0;
    int at = from;
    while (at < count && at < from + most && Character.digit((char) held[at], radix) >= 0) {
      value = radix * value + Character.digit((char) held[at], radix);
      at++;
    }
    return at - from;
  }
}
