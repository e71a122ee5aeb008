package io.numa.avatar.run.secret;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.port.Secret;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The forms of secrets that a search looks for, by the view that it looks at. Only a text that
 * stands nowhere by chance is a form: at least 8 bytes, and of letters and digits alone at least 16
 * of two kinds.
 *
 * @param exact what is searched in the bytes as they are
 * @param letters what is searched in letters and digits alone: plain, reversed, Base64, Base32
 * @param digits what is searched in hexadecimal digits alone
 */
record SearchedForms(SortedSet<byte[]> exact, SortedSet<byte[]> letters, SortedSet<byte[]> digits) {
  private static final int FEWEST_LETTERS = 16;

  /** UTF-16 and UTF-32 in both orders of bytes. */
  private static final List<Charset> WIDE =
      List.of(UTF_16LE, UTF_16BE, Charset.forName("UTF-32LE"), Charset.forName("UTF-32BE"));

  /** The characters of Base32 and Base64. A character stands for 5 or 6 bits. */
  private static final List<String> ALPHABETS =
      List.of(
          "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",
          "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");

  static SearchedForms of(Collection<Secret> secrets) {
    var forms = new SearchedForms(sorted(), sorted(), sorted());
    for (Secret secret : secrets) {
      SecretForms.of(secret).whole().forEach(forms::addWritten);
      SecretForms.plain(secret).stream().filter(SearchedForms::isLong).forEach(forms::addEncoded);
    }
    return forms;
  }

  private static SortedSet<byte[]> sorted() {
    return new TreeSet<>(Arrays::compare);
  }

  private static boolean isLong(String text) {
    return text.getBytes(UTF_8).length >= SecretForms.SHORTEST_SURE;
  }

  private void addWritten(String form) {
    if (isLong(form)) {
      exact.add(form.getBytes(UTF_8));
      addLetters(form);
    }
  }

  private void addEncoded(String text) {
    String reversed = new StringBuilder(text).reverse().toString();
    byte[] bytes = text.getBytes(UTF_8);
    if (!addLetters(text)) { // else reversed letters, and letters between zeros, are found by those
      WIDE.forEach(charset -> exact.add(text.getBytes(charset)));
      exact.add(reversed.getBytes(UTF_8));
    }
    addLetters(reversed);
    for (String alphabet : ALPHABETS) {
      for (int before = 0; before < bits(alphabet); before++) {
        addLetters(encoded(bytes, before, alphabet));
      }
    }
    digits.add(hex(bytes));
    WIDE.forEach(charset -> digits.add(hex(text.getBytes(charset))));
  }

  private static byte[] hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes).getBytes(ISO_8859_1);
  }

  private static int bits(String alphabet) {
    return Integer.numberOfTrailingZeros(alphabet.length());
  }

  /** The characters that depend on the text alone if {@code before} bytes precede it. */
  private static String encoded(byte[] text, int before, String alphabet) {
    var encoded = new StringBuilder();
    int size = bits(alphabet);
    // The first bits belong to a character that also has bits of the byte before.
    int bits = -Math.floorMod(-Byte.SIZE * before, size);
    int buffer = 0;
    for (byte unit : text) {
      buffer = (buffer << Byte.SIZE | (unit & 0xff)) & 0xffff;
      bits += Byte.SIZE;
      while (bits >= size) {
        bits -= size;
        encoded.append(alphabet.charAt(buffer >> bits & (alphabet.length() - 1)));
      }
    }
    return encoded.toString();
  }

  /** Adds the letters and digits of a form, and says whether they are enough. */
  private boolean addLetters(String form) {
    var kept = new ByteArrayOutputStream();
    for (byte unit : form.getBytes(UTF_8)) {
      if (isLetter(unit)) {
        kept.write(unit);
      }
    }
    byte[] bytes = kept.toByteArray();
    boolean enough = bytes.length >= FEWEST_LETTERS && kinds(bytes) > 1;
    if (enough) {
      letters.add(bytes);
    }
    return enough;
  }

  private static long kinds(byte[] letters) {
    return new String(letters, ISO_8859_1)
        .chars()
        .map(c -> c > 'z' ? 'z' + 1 : c >= 'a' ? 'a' : c >= 'A' ? 'A' : '0')
        .distinct()
        .count();
  }

  /** An ASCII letter or digit, or a byte of another character. */
  static boolean isLetter(byte unit) {
    return unit < 0
        || (unit >= '0' && unit <= '9')
        || (unit >= 'A' && unit <= 'Z')
        || (unit >= 'a' && unit <= 'z');
  }
}
