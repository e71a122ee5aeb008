package io.numa.avatar.cli.console.operation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StatusTextTest {
  @Test
  void tellsWhatARunningAvatarDoes() {
    String json =
        """
        {"avatar": {"id": "avatar_001", "topic": "tasks", "version": "1.2",
                    "backend": "http://localhost:7301", "sandbox": "full", "agents": ["qwen"]},
         "state": "running", "started_at": "2026-11-30T11:00:00Z", "concurrency": 2,
         "running": [{"task": "7", "title": "修复解析器", "branch": "dev-7", "attempt": "a", "number": 1,
           "reporting": false, "stage": "develop", "started_at": "2026-11-30T11:58:00Z",
           "stage_since": "2026-11-30T11:59:30Z", "newest": "compiling\\u0007 …"}],
         "waiting": 3, "why": [],
         "backend": {"last_contact": "2026-11-30T11:59:57Z", "failed_polls": 0},
         "disks": [{"folder": "/work", "free": 12300000000, "total": 50000000000, "floor": 512}],
         "reports": {"statuses": 0, "log_bytes": 0, "tasks": 0}}
        """;
    assertThat(StatusText.of(Sheets.json(json), Sheets.wide(80)))
        .isEqualTo(
            """
            avatar_001  running, up for 1 h 00 min, version 1.2
              backend     http://localhost:7301, topic tasks, reached 3.0 s ago
              tasks       1 of 2 running, 3 waiting
              reports     the backend has all
              sandbox     full
              agents      qwen
              disks       12.3 GB free of 50.0 GB: /work

            Task 7: 修复解析器
              stage       develop for 30 s; attempt 1 for 2 min 00 s
              branch      dev-7
              | compiling …

            It takes the next task as soon as one is announced.
            """);
  }

  @Test
  void tellsWhatKeepsAnAvatarFromWorking() {
    String json =
        """
        {"avatar": {"id": "avatar_001", "topic": "tasks", "version": "1.2",
                    "backend": "http://localhost:7301", "sandbox": "full", "agents": []},
         "state": "paused", "started_at": "2026-11-30T11:00:00Z", "concurrency": 1, "running": [],
         "waiting": 0,
         "why": [{"kind": "paused", "text": "paused by the operator; 'resume' takes tasks again",
                  "since": "2026-11-30T11:30:00Z"},
                 {"kind": "breaker_open", "text": "the backend does not answer",
                  "since": "2026-11-30T11:59:00Z", "until": "2026-11-30T12:00:20Z"}],
         "backend": {"last_contact": "2026-11-30T11:58:57Z", "away_since": "2026-11-30T11:59:00Z",
                     "problem": "connection refused", "failed_polls": 4},
         "disks": [{"folder": "/work", "free": 100, "total": 50000000000, "floor": 512000000}],
         "reports": {"statuses": 1, "log_bytes": 2048, "tasks": 1}}
        """;
    assertThat(StatusText.of(Sheets.json(json), Sheets.wide(80)))
        .isEqualTo(
            """
            avatar_001  paused, up for 1 h 00 min, version 1.2
              backend     http://localhost:7301, topic tasks, reached 1 min 03 s ago
                          away since 11:59:00: connection refused
              tasks       0 of 1 running, 0 waiting
              reports     1 status and 2.0 kB of logs are to be sent, 1 ended task waits for
                          that
              sandbox     full
              agents      none
              disks       100 B free of 50.0 GB, wanted 512.0 MB: /work

            It takes no task, for these reasons:
            - paused by the operator; 'resume' takes tasks again, since 11:30:00 (30 min 00
              s).
            - the backend does not answer, since 11:59:00 (1 min 00 s), until 12:00:20 (in
              20 s).
            """);
  }

  @Test
  void saysInASentenceWhatItWaitsFor() {
    String json =
        """
        {"state": "running", "why": [{"kind": "no_slot", "text": "1 of 1 tasks runs",
          "since": "2026-11-30T11:30:00Z"}]}
        """;
    assertThat(WhyText.of(Sheets.json(json), Sheets.wide(80)))
        .isEqualTo("It takes no task: 1 of 1 tasks runs, since 11:30:00 (30 min 00 s).\n");
    assertThat(WhyText.of(Sheets.json("{\"state\": \"running\", \"why\": []}"), Sheets.wide(80)))
        .isEqualTo("It takes the next task as soon as one is announced.\n");
  }
}
