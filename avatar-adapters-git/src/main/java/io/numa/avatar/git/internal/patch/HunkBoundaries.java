package io.numa.avatar.git.internal.patch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Separates the files of a diff that has no {@code diff --git} lines between them. JGit reads the
 * {@code ---} of the next file as a line that the last hunk deletes, although the hunk's numbers
 * say otherwise.
 */
final class HunkBoundaries {
  private static final Pattern HUNK =
      Pattern.compile("@@ -[0-9]{1,9}(?:,([0-9]{1,9}))? \\+[0-9]{1,9}(?:,([0-9]{1,9}))? @@");
  private static final int LONGEST_HEADER = 60;

  /** A separator: it starts no line of a hunk, and has no meaning in a diff. */
  private static final byte[] PARTING = {'d', 'i', 'f', 'f', '\n'};

  private final byte[] text;
  private final LineSlices lines;
  private final ByteArrayOutputStream parted = new ByteArrayOutputStream();

  private HunkBoundaries(byte[] text) {
    this.text = text;
    this.lines = LineSlices.lines(text, 0, text.length);
  }

  static byte[] marked(byte[] diff) {
    return new HunkBoundaries(diff).marked();
  }

  private byte[] marked() {
    int written = 0;
    for (int line = 0; line < lines.size(); ) {
      Matcher hunk = hunk(line);
      if (!hunk.lookingAt()) {
        line++;
        continue;
      }
      line = end(line + 1, count(hunk.group(1)), count(hunk.group(2)));
      if (isFile(line)) {
        parted.write(text, written, lines.start(line) - written);
        parted.writeBytes(PARTING);
        written = lines.start(line);
      }
    }
    if (written == 0) {
      return text; // no copy: a large diff may not fit into memory twice
    }
    parted.write(text, written, text.length - written);
    return parted.toByteArray();
  }

  /** The end of a hunk according to its numbers. */
  private int end(int from, int before, int after) {
    int line = from;
    int oldLeft = before;
    int newLeft = after;
    while (line < lines.size() && (oldLeft > 0 || newLeft > 0 || first(line) == '\\')) {
      char kind = first(line);
      oldLeft -= kind == '-' || kind == ' ' || kind == '\n' ? 1 : 0;
      newLeft -= kind == '+' || kind == ' ' || kind == '\n' ? 1 : 0;
      line++;
    }
    return line;
  }

  private static int count(@Nullable String number) {
    return number == null ? 1 : Integer.parseInt(number);
  }

  private boolean isFile(int line) {
    return line + 2 < lines.size()
        && start(line).startsWith("--- ")
        && start(line + 1).startsWith("+++ ")
        && hunk(line + 2).lookingAt();
  }

  private Matcher hunk(int line) {
    return HUNK.matcher(first(line) == '@' ? start(line) : "");
  }

  private char first(int line) {
    return (char) text[lines.start(line)];
  }

  private String start(int line) {
    int length = Math.min(LONGEST_HEADER, lines.end(line) - lines.start(line));
    return new String(text, lines.start(line), length, ISO_8859_1);
  }
}
