package io.numa.avatar.git.internal.patch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.util.RawParseUtils;
import org.eclipse.jgit.util.io.BinaryHunkInputStream;

/**
 * One of the two pieces of a {@code GIT binary patch}. JGit reads them, too, but ignores a piece
 * with a damaged line.
 *
 * @param size of the inflated data, in bytes
 * @param from where its data begins in the text
 * @param to where its data ends
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record BinaryPiece(byte[] text, boolean delta, long size, int from, int to) {
  private static final Pattern HEADER = Pattern.compile("(literal|delta) ([0-9]{1,18})\n");

  /** A letter for the length, then groups of five characters. */
  private static final Pattern DATA = Pattern.compile("[A-Za-z]([!-~]{5})+\n");

  /**
   * Reads the piece at a position, if there is one. At the end of the text, the empty line after
   * the piece may be missing, as it gets lost easily.
   *
   * @throws io.numa.avatar.port.PortException if the piece has a line that is not data
   */
  static Optional<BinaryPiece> at(byte[] text, int start) {
    Matcher header = HEADER.matcher(line(text, start));
    if (!header.matches()) {
      return Optional.empty();
    }
    int from = RawParseUtils.nextLF(text, start);
    int to = from;
    while (to < text.length && text[to] != '\n') {
      String line = line(text, to);
      if (!DATA.matcher(line).matches()) {
        throw PatchConflict.invalid("'" + line.strip() + "' is not a line of a binary file");
      }
      to = RawParseUtils.nextLF(text, to);
    }
    boolean delta = header.group(1).equals("delta");
    return Optional.of(new BinaryPiece(text, delta, Long.parseLong(header.group(2)), from, to));
  }

  private static String line(byte[] text, int start) {
    int end = start < text.length ? RawParseUtils.nextLF(text, start) : start;
    return new String(text, start, end - start, ISO_8859_1);
  }

  /** The position at which a second piece may begin. */
  int next() {
    return Math.min(to + 1, text.length);
  }

  /** The piece's data, still compressed. */
  InputStream data() {
    return new BinaryHunkInputStream(new ByteArrayInputStream(text, from, to - from));
  }
}
