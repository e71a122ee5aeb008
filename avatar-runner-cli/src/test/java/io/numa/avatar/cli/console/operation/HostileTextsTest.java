package io.numa.avatar.cli.console.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What tasks, agents and tests wrote steers no terminal, wherever the commands print it. */
class HostileTextsTest {
  private static final String HOSTILE =
      "a\u001b[2J\u001b]0;owned\u0007\u009b31m\r\b\u0000\u202egnp\u2066\u200f\u061c\u2028";

  /** What a terminal obeys, and what changes the direction of text. */
  private static final Pattern OBEYED =
      Pattern.compile("[\\p{Cc}&&[^\n]]|[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]");

  /** The fields that hold words and times of the avatar itself. */
  private static final Set<String> OWN =
      Set.of("outcome", "stage", "kind", "verdict", "state", "at", "attempt");

  private static final String WORK =
      """
      {"branch": "b", "base_commit": "b", "commit": "c", "change_request_url": "u",
       "change_request_problem": "p",
       "steps": [{"step": 1, "what": "w", "outcome": "failed", "seconds": 1, "message": "m"}],
       "tests": {"command": "c", "exit_code": 1, "verdict": "failed", "run": 2, "failed": 1,
                 "errors": 0, "skipped": 0, "seconds": 1, "lost": "l", "last_lines": "l",
                 "failures": [{"name": "n", "message": "m"}],
                 "baseline": {"new": ["n"], "new_count": 1, "fixed": ["f"], "fixed_count": 1,
                              "pre_existing": ["p"], "pre_existing_count": 1, "unnamed": "u"},
                 "diluted": {"files": ["f"], "verdict": "failed", "fewer": 1, "failing": ["f"]}},
       "agent": {"name": "n", "version": "v", "model": "m", "session": "s", "turns": 1,
                 "tool_calls": 1, "input_tokens": 1, "cached_tokens": 0, "cache_write_tokens": 0,
                 "output_tokens": 1, "cost": 0.1, "seconds": 1, "repairs": 1, "stop": "s",
                 "summary": "s"},
       "kept_patch": {"path": "p", "bytes": 1, "sha256": "s"}, "process_control": "p",
       "sandbox": {"profile": "p", "means": "m", "lacks": ["l"],
                   "refused": [{"host": "h", "port": 1, "count": 1}]}}
      """;

  private static final String STATUS =
      """
      {"avatar": {"id": "i", "topic": "t", "version": "v", "backend": "b", "sandbox": "s",
                  "agents": ["a"]},
       "state": "running", "started_at": "2026-11-30T11:00:00Z", "concurrency": 2,
       "running": [{"task": "7", "title": "t", "branch": "b", "attempt": "a", "number": 1,
         "reporting": false, "stage": "develop", "started_at": "2026-11-30T11:58:00Z",
         "stage_since": "2026-11-30T11:59:30Z", "newest": "n",
         "agent": {"name": "n", "turns": 1, "tool_calls": 1, "input_tokens": 1, "cost": 0.1}}],
       "waiting": 3, "why": [{"kind": "disk", "text": "t", "since": "2026-11-30T11:00:00Z"}],
       "backend": {"last_contact": "2026-11-30T11:59:57Z", "problem": "p", "failed_polls": 2,
                   "away_since": "2026-11-30T11:00:00Z"},
       "disks": [{"folder": "f", "free": 1, "total": 50, "floor": 512}],
       "reports": {"statuses": 0, "log_bytes": 0, "tasks": 0}}
      """;

  private static final String TASKS =
      """
      {"tasks": [{"task": "9", "title": "t", "branch": "b", "outcome": "failed",
                  "started_at": "2026-11-30T11:00:00Z", "ended_at": "2026-11-30T11:01:00Z",
                  "attempt_count": 1,
                  "result": {"stage": "test", "message": "m", "failure": "tests_failed"}}],
       "next": "n"}
      """;

  @Test
  void theStoryOfATaskIsHarmless() {
    JsonNode story = hostile(TaskTextTest.FAILED);
    ((ObjectNode) story.at("/attempts/1")).set("work", hostile(WORK));

    assertHarmless(
        TaskText.of(story, Sheets.wide(80), attempt -> Path.of("/logs/7", attempt + ".log")));
  }

  @Test
  void theStatusAndItsReasonsAreHarmless() {
    assertHarmless(StatusText.of(hostile(STATUS), Sheets.wide(80)));
    assertHarmless(WhyText.of(hostile(STATUS), Sheets.wide(80)));
  }

  @Test
  void theListOfTasksIsHarmless() {
    assertHarmless(TaskListText.of(hostile(TASKS), Sheets.wide(200)));
  }

  @Test
  void theLogIsHarmlessButForItsColours() {
    var printed = new StringWriter();
    var log = new LogText(new PrintWriter(printed), true);

    log.add(HOSTILE + "\u001b[31mred\u001b[0m\n");
    log.end();

    assertHarmless(printed.toString().replaceAll("\u001b\\[[0-9;]*m", ""));
  }

  private static void assertHarmless(String text) {
    assertThat(text).isNotBlank();
    assertThat(
            OBEYED
                .matcher(text)
                .results()
                .map(found -> Integer.toHexString(found.group().charAt(0))))
        .as(text)
        .isEmpty();
  }

  private static JsonNode hostile(String json) {
    JsonNode document = Sheets.json(json);
    poison(document);
    return document;
  }

  private static void poison(JsonNode node) {
    if (node instanceof ObjectNode object) {
      for (var field : object.properties()) {
        boolean own = OWN.contains(field.getKey()) || field.getValue().asText().startsWith("2026-");
        if (field.getValue().isTextual() && !own) {
          field.setValue(TextNode.valueOf(HOSTILE + field.getValue().asText()));
        }
        poison(field.getValue());
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        if (array.get(i).isTextual()) {
          array.set(i, TextNode.valueOf(HOSTILE + array.get(i).asText()));
        }
        poison(array.get(i));
      }
    }
  }
}
