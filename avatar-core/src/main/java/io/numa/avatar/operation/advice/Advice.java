package io.numa.avatar.operation.advice;

import static io.numa.avatar.operation.advice.AnotherTry.AFTER_A_CHANGE;
import static io.numa.avatar.operation.advice.AnotherTry.HELPS;
import static io.numa.avatar.operation.advice.AnotherTry.MAY_HELP;
import static io.numa.avatar.operation.advice.FailureOwner.AUTHOR;
import static io.numa.avatar.operation.advice.FailureOwner.BACKEND;
import static io.numa.avatar.operation.advice.FailureOwner.OPERATOR;
import static io.numa.avatar.operation.advice.FailureOwner.REPOSITORY;
import static io.numa.avatar.operation.advice.FailureOwner.US;

import io.numa.avatar.task.FailureKind;
import java.util.Locale;

/**
 * What to do about a failure.
 *
 * @param owner who can remove the cause in most cases
 * @param anotherTry whether the same task, unchanged, may succeed another time
 */
public record Advice(FailureKind kind, FailureOwner owner, AnotherTry anotherTry) {
  /** The advice for a kind. */
  public static Advice of(FailureKind kind) {
    return switch (kind) {
      case INVALID_TASK, INVALID_PLAN -> new Advice(kind, AUTHOR, AFTER_A_CHANGE);
      case NOT_FOUND, DENIED, CONFLICT -> new Advice(kind, AUTHOR, AFTER_A_CHANGE);
      case COMMAND_FAILED, TESTS_FAILED, NO_CHANGES -> new Advice(kind, AUTHOR, AFTER_A_CHANGE);
      case REVIEW_FAILED -> new Advice(kind, AUTHOR, MAY_HELP);
      case TIMEOUT -> new Advice(kind, AUTHOR, MAY_HELP);
      case AGENT_REFUSED, AGENT_BUDGET -> new Advice(kind, AUTHOR, AFTER_A_CHANGE);
      case AGENT_TIME, AGENT_LOOP -> new Advice(kind, AUTHOR, MAY_HELP);
      case PUSH_REJECTED -> new Advice(kind, REPOSITORY, AFTER_A_CHANGE);
      case NO_AGENT, AGENT_LOGIN -> new Advice(kind, OPERATOR, AFTER_A_CHANGE);
      case SANDBOX_UNAVAILABLE, UNAUTHORIZED -> new Advice(kind, OPERATOR, AFTER_A_CHANGE);
      case AGENT_FAILED, AGENT_SILENT, INTERRUPTED -> new Advice(kind, OPERATOR, MAY_HELP);
      case TAKEN -> new Advice(kind, OPERATOR, AFTER_A_CHANGE);
      case AGENT_UNAVAILABLE, UNAVAILABLE -> new Advice(kind, BACKEND, HELPS);
      case INVALID_ANSWER -> new Advice(kind, BACKEND, AFTER_A_CHANGE);
      case INTERNAL -> new Advice(kind, US, MAY_HELP);
    };
  }

  /** The sentences, in Chinese if the language of {@code locale} is Chinese, else in English. */
  public AdviceText text(Locale locale) {
    return isChinese(locale) ? ChineseAdvice.of(kind) : EnglishAdvice.of(kind);
  }

  /** Where the documentation has the advice: a path in the avatar's repository, and an anchor. */
  public String page() {
    return page(Locale.ENGLISH);
  }

  /** The same, in Chinese if the language of {@code locale} is Chinese, else in English. */
  public String page(Locale locale) {
    return "docs/failures" + (isChinese(locale) ? ".zh-CN" : "") + ".md#" + kind.word();
  }

  static boolean isChinese(Locale locale) {
    return locale.getLanguage().equals(Locale.CHINESE.getLanguage());
  }
}
