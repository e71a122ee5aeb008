package io.numa.avatar.cli.config;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Brings a page in Markdown into another language. Headings, paragraphs, items of lists and cells
 * of tables are translated; code and comments stay as they are.
 *
 * <p>The translations are text: an English line, then its translation, then a blank line; lines
 * that begin with {@code #} are comments. <code>{}</code> stands for a part that has a translation
 * of its own, or is a list of values, which stays.
 */
final class PageTranslation {
  private static final Pattern BLOCK =
      Pattern.compile(
          "(?ms)^```.*?^```$|^<!--.*?-->$|^\\|-.*?$"
              + "|^\\| (.*?) \\|$"
              + "|^(#+ |- |\\d+\\. |)(\\S.*?)(?=\\n\\n|\\n- |\\n\\d+\\. |\\Z)");

  private static final Pattern CODE = Pattern.compile("`[^`]+`");

  /** A sentence, which begins with a capital, is none. */
  private static final Pattern VALUES = Pattern.compile("[^A-Z\\s]\\S*(, \\S+)*");

  private final List<Entry> entries;
  private final Set<String> used = new LinkedHashSet<>();
  private final Set<String> missing = new LinkedHashSet<>();

  /** Reads translations, given as text. */
  PageTranslation(String translations) {
    this.entries =
        Arrays.stream(translations.replaceAll("(?m)^#.*\\n", "").strip().split("\\n{2,}"))
            .map(Entry::of)
            .sorted(Comparator.comparing(entry -> entry.english().contains("{}")))
            .toList();
  }

  /** The page; texts without a translation stay as they are. */
  String translate(String page) {
    return BLOCK.matcher(page).replaceAll(block -> Matcher.quoteReplacement(block(block)));
  }

  /** Texts of the pages that have no translation. */
  Set<String> missing() {
    return missing;
  }

  /** The English of translations that no page has used. */
  List<String> unused() {
    return entries.stream().map(Entry::english).filter(text -> !used.contains(text)).toList();
  }

  private String block(MatchResult block) {
    String row = block.group(1);
    String text = block.group(3);
    if (row != null) {
      return Arrays.stream(row.split(" \\| "))
          .map(this::text)
          .collect(Collectors.joining(" | ", "| ", " |"));
    }
    return text == null
        ? block.group()
        : block.group(2) + text(text.replaceAll("\\s*\\n\\s*", " "));
  }

  private String text(String english) {
    if (CODE.matcher(english).matches()) {
      return english;
    }
    Optional<String> translation = find(english);
    if (translation.isEmpty()) {
      missing.add(english);
    }
    return translation.orElse(english);
  }

  private Optional<String> find(String english) {
    for (Entry entry : entries) {
      Matcher matcher = entry.pattern().matcher(english);
      Optional<String> translation = matcher.matches() ? fill(entry, matcher) : Optional.empty();
      if (translation.isPresent()) {
        used.add(entry.english());
        return translation;
      }
    }
    return Optional.empty();
  }

  private Optional<String> fill(Entry entry, Matcher parts) {
    String filled = entry.translation();
    for (int i = 1; i <= parts.groupCount(); i++) {
      Optional<String> part = part(parts.group(i));
      if (part.isEmpty()) {
        return part;
      }
      filled = filled.replaceFirst("\\{}", Matcher.quoteReplacement(part.get()));
    }
    return Optional.of(filled);
  }

  private Optional<String> part(String english) {
    boolean values = CODE.matcher(english).matches() || VALUES.matcher(english).matches();
    return find(english).or(() -> Optional.of(english).filter(text -> values));
  }

  /** A translation; its pattern matches the English text, with a group for each part. */
  private record Entry(String english, String translation, Pattern pattern) {
    static Entry of(String lines) {
      List<String> pair = lines.lines().toList();
      if (pair.size() != 2 || parts(pair.get(0)).size() != parts(pair.get(1)).size()) {
        throw new IllegalArgumentException("no English line and its translation: " + lines);
      }
      String pattern =
          parts(pair.get(0)).stream().map(Pattern::quote).collect(Collectors.joining("(.+?)"));
      return new Entry(pair.get(0), pair.get(1), Pattern.compile(pattern));
    }

    private static List<String> parts(String line) {
      return List.of(line.split("\\{}", -1));
    }
  }
}
