package io.numa.avatar.git.internal.lfs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text that Git has for a file under {@code filter=lfs}, read as git-lfs reads it
 * (lfs/pointer.go): with any line ends, blank lines, former names of the format, and no line end at
 * the end. Only {@link LfsPointer#blob} writes pointers, in the one form of the specification.
 */
sealed interface PointerText {
  /** A pointer to a content. */
  record Pointer(LfsPointer object) implements PointerText {}

  /** A pointer whose content a program has changed, so that only that program can restore it. */
  record Extended(String extension) implements PointerText {}

  /** A text that looks like a pointer, and is none. */
  record Malformed(String reason) implements PointerText {}

  /** The content itself. */
  record Content() implements PointerText {}

  /** Reads the whole text of a file. */
  static PointerText of(byte[] text) {
    return text.length < LfsPointer.TOO_LONG
        ? new Reader().read(new String(text, ISO_8859_1).strip())
        : new Content();
  }

  /** Reads one text. Single use. */
  final class Reader {
    private static final Pattern LOOK = Pattern.compile("git-media|hawser|git-lfs");
    private static final Pattern EXTENSION = Pattern.compile("(ext-[0-9]-\\w+).*");
    private static final Pattern OID = Pattern.compile("sha256:([0-9a-f]{64})");
    private static final Pattern SIZE = Pattern.compile("[+-]?0*([0-9]{1,18})");
    private static final List<String> KEYS = List.of("version", "oid", "size");
    private static final List<String> VERSIONS =
        List.of(
            "https://git-lfs.github.com/spec/v1",
            "https://hawser.github.com/spec/v1",
            "http://git-media.io/v/2");

    private final List<String> values = new ArrayList<>();
    private Optional<String> extension = Optional.empty();

    private PointerText read(String text) {
      if (!LOOK.matcher(text).find()) {
        return new Content();
      }
      for (String line : text.split("\r?\n", -1)) {
        if (!line.isEmpty() && !take(line)) {
          return malformed(text, line);
        }
      }
      return values.size() == KEYS.size()
          ? pointer(text)
          : malformed(text, "no line '" + KEYS.get(values.size()) + "'");
    }

    /** Whether the line is the next one of a pointer. */
    private boolean take(String line) {
      String[] parts = line.split(" ", 2);
      if (parts.length < 2 || values.size() == KEYS.size()) {
        return false;
      }
      Matcher extended = EXTENSION.matcher(parts[0]);
      if (KEYS.get(values.size()).equals(parts[0])) {
        values.add(parts[1]);
        return true;
      }
      if (extended.matches()) {
        extension = extension.or(() -> Optional.of(extended.group(1)));
        return true;
      }
      return false;
    }

    private PointerText pointer(String text) {
      Matcher oid = OID.matcher(values.get(1));
      Matcher size = SIZE.matcher(values.get(2));
      boolean negative = values.get(2).startsWith("-");
      if (!VERSIONS.contains(values.get(0))) {
        return malformed(text, "version " + values.get(0));
      }
      if (!oid.matches()) {
        return malformed(text, "oid " + values.get(1));
      }
      if (!size.matches() || (negative && Long.parseLong(size.group(1)) > 0)) {
        return malformed(text, "size " + values.get(2));
      }
      return extension.isPresent()
          ? new Extended(extension.get())
          : new Pointer(new LfsPointer(oid.group(1), Long.parseLong(size.group(1))));
    }

    /** A text of another kind may name git-lfs, such as a script. */
    private static PointerText malformed(String text, String line) {
      return text.contains("oid ") || text.contains("version http")
          ? new Malformed(line)
          : new Content();
    }
  }
}
