package io.numa.avatar.server.page;

import io.numa.avatar.server.http.Request;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;

/** A language of the pages. */
enum Language {
  ENGLISH(Locale.ENGLISH, "en", 0),
  CHINESE(Locale.CHINESE, "zh-CN", 1);

  private final Locale locale;
  private final String tag;
  private final int column;

  Language(Locale locale, String tag, int column) {
    this.locale = locale;
    this.tag = tag;
    this.column = column;
  }

  /** The language for {@code <html lang>}. */
  String tag() {
    return tag;
  }

  /** The place of its texts among those of a key. */
  int column() {
    return column;
  }

  Locale locale() {
    return locale;
  }

  /** The one that the client likes best; English if it names none of them. */
  static Language of(Request request) {
    return request.headers().first("Accept-Language").map(Language::of).orElse(ENGLISH);
  }

  private static Language of(String wish) {
    try {
      Locale best =
          Locale.lookup(LanguageRange.parse(wish), List.of(Locale.ENGLISH, Locale.CHINESE));
      return CHINESE.locale.equals(best) ? CHINESE : ENGLISH;
    } catch (IllegalArgumentException e) {
      return ENGLISH;
    }
  }
}
