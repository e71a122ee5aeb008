package io.numa.avatar.operation.advice;

import java.util.Locale;

/** Whether another try of the same task, unchanged, helps after a failure. */
public enum AnotherTry {
  /** The cause passes by itself. */
  HELPS("yes, later", "会，稍后再试"),
  /** It may end otherwise, as agents and machines do not behave the same each time. */
  MAY_HELP("perhaps", "也许"),
  /** The failure comes again until its cause is removed. */
  AFTER_A_CHANGE("only after a change", "先排除原因才行");

  private final String english;
  private final String chinese;

  AnotherTry(String english, String chinese) {
    this.english = english;
    this.chinese = chinese;
  }

  /** A few words for people, in Chinese if the language of {@code locale} is Chinese. */
  public String text(Locale locale) {
    return Advice.isChinese(locale) ? chinese : english;
  }

  /** The answer as documents spell it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
