package io.numa.avatar.operation.advice;

import io.numa.avatar.task.FailureKind;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes {@code docs/failures.md} and its Chinese sister from the table of advice. */
final class FailurePages {
  private static final String ENGLISH =
      """
      # Failures

      <!-- Made from the table of advice by FailurePagesTest; change it there. -->

      [中文](failures.zh-CN.md)

      A task that fails has a kind, which the status (`details.failure.kind`), the logs and the commands show. *Whose*
      says who can remove the cause in most cases. *Another try* says whether the same task, unchanged, may succeed.
      """;
  private static final String CHINESE =
      """
      # 失败类型

      <!-- Made from the table of advice by FailurePagesTest; change it there. -->

      [English](failures.md)

      失败的任务都有一个类型，显示在状态（`details.failure.kind`）、日志和命令的输出中。“归谁处理”指通常由谁来排除原因；“重试是否有用”指不作改动、重新执行同一任务能否成功。
      """;

  private FailurePages() {}

  static String english() {
    return ENGLISH
        + all(
            Locale.ENGLISH,
            "%n## %s%n%n%s%n%n- **Look at:** %s%n- **Whose:** %s%n- **Another try:** %s%n");
  }

  static String chinese() {
    return CHINESE
        + all(Locale.CHINESE, "%n## %s%n%n%s%n%n- **看什么：** %s%n- **归谁处理：** %s%n- **重试是否有用：** %s%n");
  }

  private static String all(Locale locale, String form) {
    return Arrays.stream(FailureKind.values())
        .map(kind -> section(Advice.of(kind), locale, form))
        .collect(Collectors.joining());
  }

  private static String section(Advice advice, Locale locale, String form) {
    AdviceText text = advice.text(locale);
    return String.format(
        Locale.ROOT,
        form,
        advice.kind().word(),
        text.meaning(),
        text.lookAt(),
        advice.owner().text(locale),
        advice.anotherTry().text(locale));
  }
}
