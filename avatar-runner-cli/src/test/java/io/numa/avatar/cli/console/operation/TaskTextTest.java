package io.numa.avatar.cli.console.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TaskTextTest {
  static final String FAILED =
      """
      {"task": "7", "title": "Mend the parser", "branch": "dev-7", "outcome": "failed",
       "started_at": "2026-11-30T11:10:00Z", "ended_at": "2026-11-30T11:11:00Z", "attempt_count": 2,
       "application": "app-1", "plan": "Read empty lines.\\nAdd a test.\\n3\\n4\\n5\\n6",
       "announced_at": "2026-11-30T11:00:00Z",
       "attempts": [
         {"attempt": "a1", "number": 1, "outcome": "unavailable", "open": false, "stage": "clone",
          "message": "m", "started_at": "2026-11-30T11:00:01Z", "ended_at": "2026-11-30T11:00:04Z",
          "stages": [{"stage": "fetch", "at": "2026-11-30T11:00:01Z"},
                     {"stage": "plan", "at": "2026-11-30T11:00:01.200Z"},
                     {"stage": "clone", "at": "2026-11-30T11:00:01.300Z"}],
          "failure": {"stage": "clone", "kind": "unavailable", "retryable": true,
                      "message": "the host does not answer"},
          "work": {}, "log_bytes": 100, "reports_waiting": 0},
         {"attempt": "a2", "number": 2, "outcome": "failed", "open": false, "stage": "test",
          "message": "m", "started_at": "2026-11-30T11:10:00Z", "ended_at": "2026-11-30T11:11:00Z",
          "stages": [{"stage": "fetch", "at": "2026-11-30T11:10:00Z"},
                     {"stage": "clone", "at": "2026-11-30T11:10:00.100Z"},
                     {"stage": "develop", "at": "2026-11-30T11:10:06Z"},
                     {"stage": "test", "at": "2026-11-30T11:10:48Z"}],
          "failure": {"stage": "test", "kind": "tests_failed", "retryable": false,
                      "message": "a new failure\\n\\u001b[2Jmore", "exit_code": 1},
          "work": {"branch": "dev-7", "base_commit": "b",
            "tests": {"command": "./mvnw test", "exit_code": 1, "verdict": "failed", "run": 12,
                      "failed": 2, "errors": 0, "skipped": 1, "seconds": 11.5,
                      "failures": [{"name": "ParserTest.emptyLines", "message": "expected 1\\nbut 2"},
                                   {"name": "ParserTest.old", "message": ""}],
                      "baseline": {"new": ["ParserTest.emptyLines"], "new_count": 1, "fixed": [],
                                   "fixed_count": 0, "pre_existing": ["ParserTest.old"],
                                   "pre_existing_count": 1}},
            "agent": {"name": "qwen", "turns": 7, "tool_calls": 12, "requests": 8,
                      "input_tokens": 34500, "cached_tokens": 28000, "cache_write_tokens": 0,
                      "output_tokens": 2100, "cost": 0.12, "seconds": 41.0, "repairs": 1},
            "changes": {"files": 3, "insertions": 12, "deletions": 4, "tests_changed": 1,
                        "tests_deleted": 0, "test_setup_changed": false},
            "kept_patch": {"path": "/logs/7/a2.patch", "bytes": 1234, "sha256": "s"}},
          "log_bytes": 12345, "reports_waiting": 2}]}
      """;

  private static String text(String json, Sheet sheet) {
    return TaskText.of(Sheets.json(json), sheet, attempt -> Path.of("/logs/7", attempt + ".log"));
  }

  @Test
  void tellsTheWholeStory() {
    assertThat(text(FAILED, Sheets.wide(80)))
        .isEqualTo(
            """
            Task 7: Mend the parser
            failed after 1 min 00 s, 49 min 00 s ago
              branch      dev-7
              application app-1
              announced   11:00:00, 1 h 00 min ago
              plan        Read empty lines.
                          Add a test.
                          3
                          4
                          and 2 more

            Attempt 1  unavailable after 3.0 s, begun 11:00:01
              stages      fetch 0.2 s, plan 0.1 s, clone 2.7 s
              failure     unavailable at clone
                          the host does not answer

            Attempt 2  failed after 1 min 00 s, begun 11:10:00
              fetch             0.1 s  ▏
              clone             5.9 s  █████
              develop            42 s       █████████████████████████████████████
              test               12 s                                            ███████████
              agent       qwen: 7 turns, 12 tools, 41 s, 34.5k tokens in (28.0k cached),
                          2.1k out, cost 0.12, 1 repair
              change      3 files, +12 -4, 1 test file changed
              tests       failed in 11 s: ./mvnw test
                          12 run, 2 failed, 1 skipped
                          1 new failure, 0 fixed, 1 known before
              failed      new: ParserTest.emptyLines: expected 1
                          known: ParserTest.old
              failure     tests failed at test, exit code 1
                          a new failure
                          more
              advice      The story of the task lists the tests that fail: those that failed
                          before the change are marked as known. The kept patch has the
                          change.
              whose       the task's author
              another try only after a change; more in docs/failures.md#tests_failed
              reports     2 statuses wait to be sent to the backend
              log         avatar log 7 --attempt 2 (12.3 kB), in /logs/7/a2.log
              patch       /logs/7/a2.patch (1.2 kB)
            """);
  }

  @Test
  void tellsOfADeliveredTaskWhatWasDelivered() {
    String json =
        """
        {"task": "8", "title": "Say hello", "branch": "dev-8", "outcome": "done",
         "started_at": "2026-11-30T11:10:00Z", "ended_at": "2026-11-30T11:10:02Z",
         "attempts": [{"attempt": "a1", "number": 1, "outcome": "done", "open": false,
           "started_at": "2026-11-30T11:10:00Z", "ended_at": "2026-11-30T11:10:02Z", "stages": [],
           "work": {"commit": "1a2b3c", "change_request_url": "https://git.example/7"},
           "log_bytes": 0, "reports_waiting": 0}]}
        """;
    assertThat(text(json, Sheets.wide(80)))
        .isEqualTo(
            """
            Task 8: Say hello
            done after 2.0 s, 49 min 58 s ago
              branch      dev-8

            Attempt 1  done after 2.0 s, begun 11:10:00
              commit      1a2b3c
              request     https://git.example/7
            """);
  }

  @Test
  void tellsOfARunningTaskHowFarItIs() {
    String json =
        """
        {"task": "9", "title": "Say hello", "branch": "dev-9", "outcome": "running",
         "started_at": "2026-11-30T11:59:00Z",
         "running": {"task": "9", "number": 1, "stage": "develop", "newest": "compiling",
           "started_at": "2026-11-30T11:59:00Z", "stage_since": "2026-11-30T11:59:15Z",
           "agent": {"name": "qwen", "turns": 1, "tool_calls": 2, "seconds": 40}},
         "attempts": [{"attempt": "a1", "number": 1, "outcome": "running", "open": true,
           "started_at": "2026-11-30T11:59:00Z",
           "stages": [{"stage": "fetch", "at": "2026-11-30T11:59:00Z"},
                      {"stage": "develop", "at": "2026-11-30T11:59:15Z"}],
           "work": {}, "log_bytes": 5, "reports_waiting": 0}]}
        """;
    assertThat(text(json, Sheets.wide(60)))
        .isEqualTo(
            """
            Task 9: Say hello
            running for 1 min 00 s
              branch      dev-9

            Attempt 1  running for 1 min 00 s, begun 11:59:00
              fetch              15 s  ████████
              develop            45 s          █████████████████████████
              agent       qwen: 1 turn, 2 tools, 40 s
              log         avatar log 9 --attempt 1 (5 B), in
                          /logs/7/a1.log
              | compiling
            """);
  }

  @Test
  void tellsOfAWaitingTaskThatItWaits() {
    assertThat(
            text("{\"task\": \"10\", \"outcome\": \"waiting\", \"attempts\": []}", Sheets.wide(80)))
        .isEqualTo("Task 10\nwaiting: announced, but not begun\n");
  }

  @Test
  void fitsNarrowTerminalsAndObeysNoText() {
    assertThat(text(FAILED, Sheets.wide(50)))
        .doesNotContain("\u001b")
        .satisfies(
            text -> assertThat(text.lines()).allMatch(line -> Cells.width(line) <= 50, "50 cells"));
  }
}
