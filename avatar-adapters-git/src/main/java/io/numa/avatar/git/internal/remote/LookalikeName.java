package io.numa.avatar.git.internal.remote;

import java.text.Normalizer;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What a file system or a reader makes of a branch's name. Two names with the same key can be one
 * file where case or the form of Unicode do not count (Windows, macOS), are one name for Git
 * ({@code heads/main} is {@code main}), or look alike on a page.
 */
final class LookalikeName {
  private static final String HEADS = "heads/";

  /** Letters of Cyrillic and Greek, and the Latin ones of the same shape (UTS 39). */
  private static final String FOREIGN = "авекмнорстухѕіјһԁԛԝɡαγικνορτυχϲıǀӏ";

  private static final String LATIN = "abekmhopctyxsijhdqwgayiknoptuxcill";

  private LookalikeName() {}

  /** The key of a branch's name without {@code refs/heads/}. */
  static String key(String branch) {
    String name = Normalizer.normalize(branch, Normalizer.Form.NFKD);
    String visible = text(name.codePoints().filter(c -> !isInvisible(c)));
    String folded = visible.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    String latin = text(folded.codePoints().map(LookalikeName::latin));
    while (latin.startsWith(HEADS)) {
      latin = latin.substring(HEADS.length());
    }
    return latin;
  }

  private static String text(IntStream codePoints) {
    return codePoints
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** Whether a character takes no place, such as the zero-width space. */
  private static boolean isInvisible(int c) {
    return Character.getType(c) == Character.FORMAT || (c >= 0xfe00 && c <= 0xfe0f) || c == 0x34f;
  }

  private static int latin(int c) {
    int at = FOREIGN.indexOf(c);
    return at < 0 ? c : LATIN.charAt(at);
  }
}
