package io.numa.avatar.server.page;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The texts of the pages in one language, from the table {@code texts.txt}. */
final class Texts {
  private static final Pattern BAR = Pattern.compile("\\s*\\|\\s*");
  private static final Map<String, List<String>> TABLE = table();

  private final Language language;
  private final Map<String, String> all = new LinkedHashMap<>();

  Texts(Language language) {
    this.language = language;
    TABLE.forEach((key, texts) -> all.put(key, texts.get(language.column())));
  }

  /** The texts of each key, by {@link Language#column}. */
  static Map<String, List<String>> table() {
    var table = new LinkedHashMap<String, List<String>>();
    Resources.text("texts.txt")
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> List.of(BAR.split(line.strip(), -1)))
        .forEach(
            row -> {
              if (row.size() != 1 + Language.values().length
                  || table.put(row.get(0), row.subList(1, row.size())) != null) {
                throw new IllegalStateException("a text is missing or there twice: " + row);
              }
            });
    return table;
  }

  Language language() {
    return language;
  }

  /** All texts by their keys, for templates. */
  Map<String, String> all() {
    return all;
  }

  /**
   * A text.
   *
   * @param values take the places of {@code {0}}, {@code {1}} and so on
   */
  String of(String key, Object... values) {
    String text = all.get(key);
    if (text == null) {
      throw new IllegalArgumentException("there is no text " + key);
    }
    for (int i = 0; i < values.length; i++) {
      text = text.replace("{" + i + "}", values[i].toString());
    }
    return text;
  }

  /** A text about a number of things, which has a form of its own for one. */
  String count(String key, long number) {
    return of(number == 1 ? key + "_one" : key, number);
  }
}
