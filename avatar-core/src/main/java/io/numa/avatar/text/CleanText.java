package io.numa.avatar.text;

import static java.lang.Character.CONTROL;
import static java.lang.Character.FORMAT;
import static java.lang.Character.LINE_SEPARATOR;
import static java.lang.Character.PARAGRAPH_SEPARATOR;
import static java.lang.Character.SURROGATE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.lang.Character.UnicodeScript;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

/**
 * Text without what terminals obey, and without the characters that people do not see but programs
 * read. They can hide instructions, or show a text in another order than it has.
 *
 * <p>Taken out are whole terminal sequences (as by {@link TerminalFilter}, without colours),
 * control characters except tabs and line ends, format characters such as those for the direction
 * of text, variation selectors, tags, fillers and halves of surrogate pairs. One joiner or
 * variation selector stays where writing needs it: after a character of a script that joins
 * letters, and in emoji. A carriage return becomes a line end.
 *
 * <p>A secret may become whole by this, so the text is to be redacted afterwards.
 *
 * @param text the remaining text
 * @param removed how often each code point was taken out, by code point, and of a sequence the
 *     first one; empty if none was
 */
public record CleanText(String text, Map<Integer, Integer> removed) {
  private static final int MAX_NAMED = 5;
  private static final int NON_JOINER = 0x200C;
  private static final int JOINER = 0x200D;
  private static final int EMOJI_STYLE = 0xFE0F;

  /** Letters and symbols that show nothing, though Unicode does not call them format characters. */
  private static final Set<Integer> BLANKS =
      Set.of(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180F, 0x2800, 0x3164, 0xFFA0);

  /** The scripts that join no letters; a joiner in them would only hide something. */
  private static final Set<UnicodeScript> UNJOINED =
      Set.of(
          UnicodeScript.LATIN,
          UnicodeScript.GREEK,
          UnicodeScript.CYRILLIC,
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.HANGUL);

  public CleanText {
    removed = Map.copyOf(removed);
  }

  public static CleanText of(String raw) {
    if (raw.chars().allMatch(CleanText::isPlain)) {
      return new CleanText(raw, Map.of());
    }
    var kept = new StringBuilder(raw.length());
    var removed = new TreeMap<Integer, Integer>();
    int[] points = plainLines(raw, point -> removed.merge(point, 1, Integer::sum));
    for (int i = 0; i < points.length; i++) {
      int before = i == 0 ? '\n' : points[i - 1];
      int after = i + 1 == points.length ? '\n' : points[i + 1];
      if (stays(before, points[i], after)) {
        kept.appendCodePoint(points[i]);
      } else {
        removed.merge(points[i], 1, Integer::sum);
      }
    }
    return new CleanText(kept.toString(), removed);
  }

  /**
   * The text with each character in sight: a character that {@link #of} takes out is shown by its
   * code point, such as {@code ⟦U+202E⟧}. Of a terminal's sequence, only the first character is.
   */
  public static String visible(String raw) {
    if (raw.chars().allMatch(CleanText::isPlain)) {
      return raw;
    }
    int[] points = raw.codePoints().toArray();
    var shown = new StringBuilder(raw.length());
    for (int i = 0; i < points.length; i++) {
      int before = i == 0 ? '\n' : points[i - 1];
      int after = i + 1 == points.length ? '\n' : points[i + 1];
      if (isPlain(points[i]) || (!isControl(points[i]) && stays(before, points[i], after))) {
        shown.appendCodePoint(points[i]);
      } else {
        shown.append('⟦').append(code(points[i])).append('⟧');
      }
    }
    return shown.toString();
  }

  private static boolean isPlain(int point) {
    return (point >= ' ' && point < 0x7f) || point == '\n' || point == '\t';
  }

  private static boolean isControl(int point) {
    int type = Character.getType(point);
    return type == CONTROL
        || type == SURROGATE
        || type == LINE_SEPARATOR
        || type == PARAGRAPH_SEPARATOR;
  }

  private static int[] plainLines(String raw, IntConsumer removed) {
    var whole = new StringBuilder(raw.length());
    raw.codePoints()
        .forEach(
            point -> {
              if (Character.getType(point) == SURROGATE) {
                removed.accept(point);
              } else {
                whole.appendCodePoint(point);
              }
            });
    byte[] bytes = whole.toString().getBytes(UTF_8);
    var lines = new ByteArrayOutputStream(bytes.length);
    TerminalFilter.plain(lines::write, removed).write(bytes, 0, bytes.length);
    return lines.toString(UTF_8).codePoints().toArray();
  }

  private static boolean stays(int before, int point, int after) {
    if (point == JOINER || point == NON_JOINER) {
      return (joins(before) || before == EMOJI_STYLE) && joins(after);
    }
    return point == EMOJI_STYLE ? isVisible(before) : isVisible(point);
  }

  private static boolean joins(int point) {
    return point >= 0x300 && isVisible(point) && !UNJOINED.contains(UnicodeScript.of(point));
  }

  private static boolean isVisible(int point) {
    return Character.getType(point) != FORMAT
        && !isVariationSelector(point)
        && !BLANKS.contains(point);
  }

  private static boolean isVariationSelector(int point) {
    return (point >= 0xFE00 && point <= EMOJI_STYLE)
        || (point >= 0x180B && point <= 0x180D)
        || (point >= 0xE0000 && point <= 0xE0FFF);
  }

  /** The text on one line. */
  public String line() {
    return text.replaceAll("\\s+", " ").strip();
  }

  /**
   * A sentence about what was taken out, without the characters themselves, such as "2 invisible
   * characters were taken out: 2 of U+202E RIGHT-TO-LEFT OVERRIDE"; empty if nothing was.
   */
  public Optional<String> note() {
    if (removed.isEmpty()) {
      return Optional.empty();
    }
    int count = removed.values().stream().mapToInt(Integer::intValue).sum();
    String named =
        new TreeMap<>(removed)
            .entrySet().stream()
                .limit(MAX_NAMED)
                .map(entry -> entry.getValue() + " of " + name(entry.getKey()))
                .collect(Collectors.joining(", "));
    return Optional.of(
        count
            + (count == 1 ? " invisible character was" : " invisible characters were")
            + " taken out: "
            + named
            + (removed.size() > MAX_NAMED ? " and others" : ""));
  }

  private static String name(int point) {
    String name = Character.getName(point);
    return code(point) + (name == null ? "" : " " + name);
  }

  private static String code(int point) {
    return String.format(Locale.ROOT, "U+%04X", point);
  }
}
