package io.numa.avatar.git.forge;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a service marks drafts by a word in front of their titles. */
final class DraftTitle {
  /** Of a service that marks no drafts this way. */
  static final DraftTitle NONE = new DraftTitle("", "");

  private final String word;
  private final Pattern marks;

  /**
   * @param word that makes a draft
   * @param marks all that a draft may begin with
   */
  DraftTitle(String word, String marks) {
    this.word = word;
    this.marks = Pattern.compile(marks);
  }

  String marked(String title) {
    return mark(title).isEmpty() ? word + title : title;
  }

  /** What the title begins with, if that marks a draft; else nothing. */
  String mark(String title) {
    Matcher matcher = marks.matcher(title);
    return matcher.lookingAt() ? matcher.group() : "";
  }

  String unmarked(String title) {
    return title.substring(mark(title).length());
  }
}
