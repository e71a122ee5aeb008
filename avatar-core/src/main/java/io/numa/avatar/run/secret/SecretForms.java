package io.numa.avatar.run.secret;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.port.Secret;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/**
 * The forms in which a secret may appear: as it is, and as tools encode it before they print it.
 *
 * @param whole forms of the whole secret, and lines of it that can only be key material
 * @param lines forms of single lines, which may also occur in ordinary text
 */
record SecretForms(Set<String> whole, Set<String> lines) {
  /** The shortest form in bytes; shorter ones would be found everywhere. */
  static final int SHORTEST = 4;

  /** A secret of at least 5 bytes determines at least so many Base64 characters in each phase. */
  static final int SHORTEST_BASE64 = 6;

  static final int SHORTEST_LINE = 8;

  /** The shortest form in bytes that refuses a commit; a shorter one may be in a file by chance. */
  static final int SHORTEST_SURE = 8;

  private static final Pattern LINE_END = Pattern.compile("\r\n?|\n");
  private static final Pattern KEY_MATERIAL = Pattern.compile("[A-Za-z0-9+/=_-]{40,}");

  /** The characters that encoders do not escape: HTML forms, RFC 3986, JavaScript, Python. */
  private static final List<String> LEFT_IN_URLS = List.of("-_.*", "-_.~", "-_.!~*'()", "-_.~/");

  private static final HexFormat LOWER = HexFormat.of();
  private static final HexFormat UPPER = HexFormat.of().withUpperCase();

  static SecretForms of(Secret secret) {
    var forms = new SecretForms(new LinkedHashSet<>(), new LinkedHashSet<>());
    String text = secret.reveal().strip();
    if (text.getBytes(UTF_8).length < SHORTEST) {
      text = secret.reveal();
    }
    if (text.getBytes(UTF_8).length >= SHORTEST) {
      forms.addWhole(text);
      forms.addLines(text);
    }
    return forms;
  }

  /** The secret and those lines of it that can only be key material, without any encoding. */
  static Set<String> plain(Secret secret) {
    String text = secret.reveal().strip();
    var plain = new LinkedHashSet<String>();
    plain.add(text);
    plain.add(LINE_END.matcher(text).replaceAll("\n"));
    plain.add(LINE_END.matcher(text).replaceAll("\r\n"));
    LINE_END
        .splitAsStream(text)
        .map(String::strip)
        .filter(line -> KEY_MATERIAL.matcher(line).matches())
        .forEach(plain::add);
    return plain;
  }

  private void addWhole(String text) {
    addEscaped(text, whole);
    if (LINE_END.matcher(text).find()) {
      addEscaped(LINE_END.matcher(text).replaceAll("\n"), whole);
      addEscaped(LINE_END.matcher(text).replaceAll("\r\n"), whole);
    }
    addUrlEncoded(text);
    addHex(text);
    for (int phase = 0; phase < 3; phase++) {
      addBase64(text.getBytes(UTF_8), phase);
    }
  }

  private void addLines(String text) {
    if (!LINE_END.matcher(text).find()) {
      return;
    }
    for (String part : LINE_END.split(text, -1)) {
      String line = part.strip();
      // The first and last lines are the same in all PEM files.
      if (line.length() >= SHORTEST_LINE && !line.startsWith("-----")) {
        addEscaped(line, KEY_MATERIAL.matcher(line).matches() ? whole : lines);
      }
    }
  }

  private static void addEscaped(String text, Set<String> forms) {
    forms.add(text);
    for (var style : JsonStyle.values()) {
      String once = style.escape(text);
      forms.add(once);
      forms.add(style.escape(once));
      forms.add(JsonStyle.PLAIN.escape(once));
    }
  }

  /** The characters that different JSON writers escape. */
  @SuppressWarnings("ImmutableEnumChecker") // the predicates have no state
  private enum JsonStyle {
    PLAIN(c -> c < ' ', "", LOWER),
    SLASHES(c -> c < ' ', "/", LOWER),
    ASCII_LOWER(c -> c < ' ' || c > '~', "", LOWER),
    ASCII_UPPER(c -> c < ' ' || c > '~', "", UPPER),
    ASCII_SLASHES(c -> c < ' ' || c > '~', "/", LOWER),
    HTML(c -> c < ' ' || "<>&".indexOf(c) >= 0, "", LOWER),
    HTML_QUOTES(c -> c < ' ' || "<>&='".indexOf(c) >= 0, "", LOWER);

    private static final String SHORT = "\b\t\n\f\r\"\\";
    private static final String LETTERS = "btnfr\"\\";

    private final IntPredicate numbered;
    private final String marked;
    private final HexFormat hex;

    JsonStyle(IntPredicate numbered, String marked, HexFormat hex) {
      this.numbered = numbered;
      this.marked = marked;
      this.hex = hex;
    }

    String escape(String text) {
      var escaped = new StringBuilder();
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        int letter = SHORT.indexOf(c);
        if (letter >= 0) {
          escaped.append('\\').append(LETTERS.charAt(letter));
        } else if (numbered.test(c)) {
          escaped.append("\\u").append(hex.toHexDigits(c));
        } else {
          escaped.append(marked.indexOf(c) >= 0 ? "\\" : "").append(c);
        }
      }
      return escaped.toString();
    }
  }

  private void addUrlEncoded(String text) {
    for (String left : LEFT_IN_URLS) {
      for (HexFormat hex : List.of(UPPER, LOWER)) {
        String encoded = urlEncoded(text, left, hex);
        whole.add(encoded);
        whole.add(encoded.replace("%20", "+"));
      }
    }
  }

  private void addHex(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    if (bytes.length >= SHORTEST_SURE) {
      whole.add(LOWER.formatHex(bytes));
      whole.add(UPPER.formatHex(bytes));
    }
  }

  private static String urlEncoded(String text, String left, HexFormat hex) {
    var encoded = new StringBuilder();
    for (byte unit : text.getBytes(UTF_8)) {
      char c = (char) (unit & 0xff);
      boolean letter = c < 0x80 && Character.isLetterOrDigit(c);
      if (letter || left.indexOf(c) >= 0) {
        encoded.append(c);
      } else {
        encoded.append('%').append(hex.toHexDigits(unit));
      }
    }
    return encoded.toString();
  }

  /**
   * Adds the Base64 characters that depend on the secret alone if {@code phase} bytes (modulo 3)
   * precede it. A character stands for 6 bits; it is unknown if it contains bits of a neighbouring
   * byte. If the secret is the end of the encoded text, its last character is filled up with zeros,
   * and so is known.
   */
  private void addBase64(byte[] secret, int phase) {
    var padded = new byte[phase + secret.length];
    System.arraycopy(secret, 0, padded, phase, secret.length);
    String encoded =
        new String(Base64.getEncoder().withoutPadding().encode(padded), ISO_8859_1)
            .substring((8 * phase + 5) / 6);
    int own = 8 * padded.length / 6 - (8 * phase + 5) / 6;
    for (String form : List.of(encoded, encoded.substring(0, own))) {
      if (form.length() >= SHORTEST_BASE64) {
        whole.add(form);
        whole.add(form.replace('+', '-').replace('/', '_'));
      }
    }
  }
}
