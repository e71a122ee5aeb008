package io.numa.avatar.backend.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the fenced blocks of a Markdown text that may hold a plan. */
final class FencedBlocks {
  private static final Pattern OPENING =
      Pattern.compile("^([ \\t]*)(`{3,}|~{3,})[ \\t]*([^\\s`]*)[^`]*$");

  /** The languages of blocks that may hold a plan; a block may also name none. */
  private static final Set<String> LANGUAGES = Set.of("", "yaml", "yml", "json");

  private FencedBlocks() {}

  /**
   * The texts of the blocks in YAML, JSON or no named language, in order. A block must be closed.
   */
  static List<String> of(String markdown) {
    var blocks = new ArrayList<String>();
    List<String> lines = markdown.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      Matcher opening = OPENING.matcher(lines.get(i));
      if (opening.matches()) {
        int end = closing(lines, i + 1, opening.group(2));
        if (end < lines.size() && LANGUAGES.contains(opening.group(3).toLowerCase(Locale.ROOT))) {
          blocks.add(text(lines.subList(i + 1, end), opening.group(1)));
        }
        i = end;
      }
    }
    return blocks;
  }

  /** The line that closes a block: a fence of the same character that is at least as long. */
  private static int closing(List<String> lines, int start, String fence) {
    int line = start;
    while (line < lines.size() && !closes(lines.get(line).strip(), fence)) {
      line++;
    }
    return line;
  }

  private static boolean closes(String line, String fence) {
    return line.startsWith(fence) && line.chars().allMatch(it -> it == fence.charAt(0));
  }

  /** A block in a list item is indented, as its fence is. */
  private static String text(List<String> lines, String indent) {
    var text = new StringBuilder();
    for (String line : lines) {
      text.append(line.startsWith(indent) ? line.substring(indent.length()) : line).append('\n');
    }
    return text.toString();
  }
}
