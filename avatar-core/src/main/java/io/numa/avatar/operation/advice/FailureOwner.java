package io.numa.avatar.operation.advice;

import java.util.Locale;

/** Who can remove the cause of a failure. */
public enum FailureOwner {
  /** The author of the task or its plan. */
  AUTHOR("the task's author", "任务的作者"),
  /** Those who keep the repository: its build, its tests, the rules of its host. */
  REPOSITORY("the repository", "代码仓库的维护者"),
  /** The operator of the avatar: configuration, machine, credentials. */
  OPERATOR("the operator", "运维人员"),
  /** The backend, or another service that the avatar calls. */
  BACKEND("the backend or another service", "后端或其他服务"),
  /** The developers of the avatar. */
  US("the avatar's developers", "Avatar 的开发者");

  private final String english;
  private final String chinese;

  FailureOwner(String english, String chinese) {
    this.english = english;
    this.chinese = chinese;
  }

  /** A few words for people, in Chinese if the language of {@code locale} is Chinese. */
  public String text(Locale locale) {
    return Advice.isChinese(locale) ? chinese : english;
  }

  /** The owner as documents spell it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
