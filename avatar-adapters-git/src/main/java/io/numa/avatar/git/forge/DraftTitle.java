package io.numa.avatar.git.forge;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a service marks drafts: by a word in front of their titles. */
final class DraftTitle {
  /** For a service that does not mark drafts in the title. */
  static final DraftTitle NONE = new DraftTitle("", "");

  private final String word;
  private final Pattern marks;

  /**
   * @param word that marks a new draft
   * @param marks all beginnings of a title that the service takes for a draft
   */
  DraftTitle(String word, String marks) {
    this.word = word;
    this.marks = Pattern.compile(marks);
  }

  String marked(String title) {
    return mark(title).isEmpty() ? word + title : title;
  }

  /** The mark at the title's beginning; empty if the title does not mark a draft. */
  String mark(String title) {
    Matcher matcher = marks.matcher(title);
    return matcher.lookingAt() ? matcher.group() : "";
  }

  String unmarked(String title) {
    return title.substring(mark(title).length());
  }
}
