package io.numa.avatar.git.internal.attributes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The encoding of a file in the tree, if it is not UTF-8 as in Git (gitattributes(5), {@code
 * working-tree-encoding}).
 *
 * @param charset empty if Java does not know the encoding
 */
record WorkingTreeEncoding(String name, Optional<Charset> charset) {
  /** As in Git on Linux, UTF-16 and UTF-32 are written in little-endian order with a mark. */
  private static final Map<String, String> UNICODE =
      Map.of(
          "UTF-16", "x-UTF-16LE-BOM",
          "UTF-16LE-BOM", "x-UTF-16LE-BOM",
          "UTF-16BE-BOM", "UTF-16",
          "UTF-32", "X-UTF-32LE-BOM");

  private static final List<String> MARKS_16 = List.of("fffe", "feff");
  private static final List<String> MARKS_32 = List.of("fffe0000", "0000feff");

  static WorkingTreeEncoding of(String name) {
    return new WorkingTreeEncoding(name, charset(unified(name)));
  }

  /** Whether a name of an encoding is that of Git's own. */
  static boolean isGitsOwn(String name) {
    return unified(name).equals("UTF-8");
  }

  /** The name in upper case; the hyphen in names such as UTF8 may be missing. */
  private static String unified(String name) {
    return name.toUpperCase(Locale.ROOT).replaceFirst("^UTF-?(?=[0-9])", "UTF-");
  }

  private static Optional<Charset> charset(String name) {
    try {
      return Optional.of(Charset.forName(UNICODE.getOrDefault(name, name)))
          .filter(Charset::canEncode);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return Optional.empty();
    }
  }

  /** Converts what is written to it from UTF-8 to this encoding. */
  OutputStream encode(OutputStream out) {
    return new TranscodingStream(out, UTF_8, charset.orElseThrow());
  }

  /** Converts what is written to it from this encoding to UTF-8. */
  OutputStream decode(OutputStream out) {
    return new TranscodingStream(out, charset.orElseThrow(), UTF_8);
  }

  /** Why Git refuses to convert a content of the tree; empty if it does not, by its beginning. */
  Optional<String> problem(Content file) throws IOException {
    byte[] beginning;
    try (InputStream in = file.open()) {
      beginning = in.readNBytes(4);
    }
    if (charset.isEmpty()) {
      return Optional.of("no known encoding");
    }
    String unified = unified(name);
    boolean marked16 = isMarked(beginning, MARKS_16);
    boolean marked32 = isMarked(beginning, MARKS_32);
    return switch (unified) {
      case "UTF-16" -> marked16 ? Optional.empty() : Optional.of(missing());
      case "UTF-32" -> marked32 ? Optional.empty() : Optional.of(missing());
      case "UTF-16LE", "UTF-16BE" -> marked16 ? Optional.of(prohibited()) : Optional.empty();
      case "UTF-32LE", "UTF-32BE" -> marked32 ? Optional.of(prohibited()) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static boolean isMarked(byte[] beginning, List<String> marks) {
    return marks.stream()
        .map(HexFormat.of()::parseHex)
        .anyMatch(
            mark ->
                beginning.length >= mark.length
                    && Arrays.equals(beginning, 0, mark.length, mark, 0, mark.length));
  }

  private static String missing() {
    return "an encoding that needs a byte order mark, which the file lacks";
  }

  private static String prohibited() {
    return "an encoding without a byte order mark, which the file has";
  }
}
