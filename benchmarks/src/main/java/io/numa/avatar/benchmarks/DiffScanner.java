package io.numa.avatar.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a commit's diff line by line, and counts the files that show each trait. */
final class DiffScanner {
  private static final Pattern HUNK =
      Pattern.compile("@@ -\\d+(?:,(\\d+))? \\+\\d+(?:,(\\d+))? @@.*");

  private static final Pattern ESCAPE = Pattern.compile("\\\\([0-3][0-7]{2}|.)");

  private final Map<Trait, Integer> counts = new EnumMap<>(Trait.class);
  private final Set<Trait> file = EnumSet.noneOf(Trait.class);
  private int oldLines;
  private int newLines;

  /** Takes the next line, without its line feed. */
  void line(byte[] line) {
    if (oldLines > 0 || newLines > 0) {
      hunkLine(line);
    } else {
      header(new String(line, ISO_8859_1));
    }
  }

  /** Returns the counts since the last call. */
  Map<Trait, Integer> finish() {
    endFile();
    var found = new EnumMap<>(counts);
    counts.clear();
    oldLines = 0;
    newLines = 0;
    return found;
  }

  private void endFile() {
    file.forEach(trait -> counts.merge(trait, 1, Integer::sum));
    file.clear();
  }

  private void hunkLine(byte[] line) {
    char kind = line.length == 0 ? ' ' : (char) line[0];
    if (kind == '\\') {
      file.add(Trait.NO_NEWLINE);
      return;
    }
    oldLines -= kind == '+' ? 0 : 1;
    newLines -= kind == '-' ? 0 : 1;
    if (line.length > 0 && line[line.length - 1] == '\r') {
      file.add(Trait.CRLF);
    }
    if (!file.contains(Trait.OTHER_TEXT) && !isUtf8(line)) {
      file.add(Trait.OTHER_TEXT);
    }
  }

  private void header(String line) {
    if (line.startsWith("diff --git ")) {
      endFile();
      file.add(Trait.FILE);
      names(line.substring("diff --git ".length()));
    } else if (line.startsWith("@@ ")) {
      hunk(line);
    } else if (line.startsWith("new file mode ")) {
      file.add(Trait.ADDED);
    } else if (line.startsWith("deleted file mode ")) {
      file.add(Trait.DELETED);
    } else if (line.startsWith("old mode ")) {
      file.add(Trait.EXECUTABLE);
    } else if (line.startsWith("rename to ")) {
      file.add(Trait.RENAMED);
    } else if (line.startsWith("copy to ")) {
      file.add(Trait.COPIED);
    } else if (line.startsWith("Binary files ") || line.equals("GIT binary patch")) {
      file.add(Trait.BINARY);
    } else if (line.startsWith("\\ ")) { // behind the last line of a hunk
      file.add(Trait.NO_NEWLINE);
    } else if (line.startsWith("index ") && isEmptyFile(line)) {
      file.add(Trait.EMPTY);
    }
    mode(line);
  }

  private void mode(String line) {
    boolean hasMode = line.startsWith("index ") || line.contains("file mode ");
    if (hasMode && line.endsWith(" 120000")) {
      file.add(Trait.LINK);
    } else if (hasMode && line.endsWith(" 160000")) {
      file.add(Trait.SUBMODULE);
    }
  }

  /** Whether one side is absent and the other is the empty blob. */
  private static boolean isEmptyFile(String line) {
    return line.contains("0000000") && line.contains("e69de29");
  }

  private void hunk(String line) {
    Matcher hunk = HUNK.matcher(line);
    if (hunk.matches()) {
      oldLines = count(hunk.group(1));
      newLines = count(hunk.group(2));
    }
  }

  private static int count(@org.jspecify.annotations.Nullable String number) {
    return number == null ? 1 : Integer.parseInt(number);
  }

  private void names(String both) {
    boolean quoted = both.contains("\"");
    if (quoted) {
      file.add(Trait.QUOTED_NAME);
      if (!isUtf8(unquoted(both).getBytes(ISO_8859_1))) {
        file.add(Trait.OTHER_NAME);
      }
    }
    if (both.chars().filter(c -> c == ' ').count() > 1) {
      file.add(Trait.SPACED_NAME);
    }
    if (both.endsWith("/.gitattributes")) {
      file.add(Trait.ATTRIBUTES);
    }
  }

  private static String unquoted(String name) {
    return ESCAPE
        .matcher(name)
        .replaceAll(
            found -> {
              String escape = found.group(1);
              return escape.length() == 1
                  ? "?"
                  : Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(escape, 8)));
            });
  }

  private static boolean isUtf8(byte[] text) {
    for (byte b : text) {
      if (b < 0) {
        return decodes(text);
      }
    }
    return true;
  }

  private static boolean decodes(byte[] text) {
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
