package io.numa.avatar.cli.console.operation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TaskListTextTest {
  private static final String TASKS =
      """
      {"tasks": [
        {"task": "12", "outcome": "waiting", "attempt_count": 0},
        {"task": "11", "title": "修复解析器，并为空行添加测试", "branch": "dev-11", "outcome": "running",
         "started_at": "2026-11-30T11:57:30Z", "attempt_count": 1},
        {"task": "9", "title": "Mend the \\u001b[31mparser\\u202e so that it reads empty lines and tabs",
         "branch": "dev-9", "outcome": "failed", "started_at": "2026-11-30T08:00:00Z",
         "ended_at": "2026-11-30T08:04:05Z", "attempt_count": 2,
         "result": {"stage": "test", "message": "m", "failure": "tests_failed", "tests": "failed",
                    "run": 12, "failed": 1, "errors": 1, "skipped": 0, "cost": 0.1234}},
        {"task": "8", "title": "Say hello", "branch": "dev-8", "outcome": "done",
         "started_at": "2026-11-02T08:00:00Z", "ended_at": "2026-11-02T08:00:02Z", "attempt_count": 1,
         "result": {"stage": "report", "message": "m", "tests": "passed",
                    "run": 7, "failed": 0, "errors": 0, "skipped": 0}}
       ], "next": "abc"}
      """;

  @Test
  void alignsColumnsAndCutsTheTitleOnANarrowTerminal() {
    assertThat(TaskListText.of(Sheets.json(TASKS), Sheets.wide(100)))
        .isEqualTo(
            """
            TASK  OUTCOME  BEGAN              TIME  TESTS           COST  REASON        TITLE
            12    waiting                                                               (title not known)
            11    running  11:57:30     2 min 30 s                                      修复解析器，并为空行添…
            9     failed   08:00:00     4 min 05 s  2 of 12 failed  0.13  tests failed  Mend the parser so that…
            8     done     2 Nov 08:00       2.0 s  7 passed                            Say hello

            4 tasks; older ones: --after abc
            """);
  }

  @Test
  void showsBranchesWhereThereIsRoom() {
    assertThat(TaskListText.of(Sheets.json(TASKS), Sheets.wide(Integer.MAX_VALUE)))
        .isEqualTo(
            """
            TASK  OUTCOME  BEGAN              TIME  TESTS           COST  REASON        BRANCH  TITLE
            12    waiting                                                                       (title not known)
            11    running  11:57:30     2 min 30 s                                      dev-11  修复解析器，并为空行添加测试
            9     failed   08:00:00     4 min 05 s  2 of 12 failed  0.13  tests failed  dev-9   Mend the parser so that it reads empty lines and tabs
            8     done     2 Nov 08:00       2.0 s  7 passed                            dev-8   Say hello

            4 tasks; older ones: --after abc
            """);
  }

  @Test
  void saysSoWhereThereIsNone() {
    assertThat(TaskListText.of(Sheets.json("{\"tasks\": []}"), Sheets.wide(80)))
        .isEqualTo("no such tasks\n");
  }

  @Test
  void coloursOutcomes() {
    assertThat(TaskListText.of(Sheets.json(TASKS), Sheets.coloured()))
        .contains("\u001b[31mfailed \u001b[0m")
        .contains("\u001b[32mdone   \u001b[0m");
  }
}
