package io.numa.avatar.server.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.operation.Health;
import io.numa.avatar.operation.LogPart;
import io.numa.avatar.operation.OperationEvent;
import io.numa.avatar.operation.Reloading;
import io.numa.avatar.operation.SpendingReport;
import io.numa.avatar.port.journal.OutcomeWord;
import io.numa.avatar.port.journal.TaskLine;
import io.numa.avatar.port.journal.TaskPage;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.agent.AgentUsage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents have the fields that docs/operations-api.md lists, in the promised form. */
class DocumentsTest {
  private static final Pattern FIELD = Pattern.compile("`([a-z_0-9]+)`");

  private static final List<OperationEvent> EVENTS =
      List.of(
          new OperationEvent.Began(Examples.TASK, "Fix", Examples.TIME),
          new OperationEvent.Entered(Examples.TASK, Stage.TEST, Examples.TIME),
          new OperationEvent.Printed(Examples.TASK),
          new OperationEvent.Worked(Examples.TASK),
          new OperationEvent.Reporting(Examples.TASK, OutcomeWord.DONE, Examples.TIME),
          new OperationEvent.Ended(Examples.TASK, OutcomeWord.DONE, Examples.TIME),
          new OperationEvent.Changed(),
          new OperationEvent.Missed());

  @Test
  void theReferenceListsTheFieldsOfEachDocument() throws IOException {
    Map<String, Set<String>> listed = reference();
    examples()
        .forEach(
            (name, documents) ->
                assertThat(listed.get(name)).as(name).isEqualTo(fields(documents)));
    assertThat(examples().keySet()).containsAll(listed.keySet());
  }

  @Test
  void theReferenceListsTheWordsOfEventsAndProblems() throws IOException {
    String text = Files.readString(page());

    for (OperationEvent event : EVENTS) {
      assertThat(text).contains("`" + Documents.event(event).get("event").asText() + "`");
    }
    for (Problem.Kind kind : Problem.Kind.values()) {
      assertThat(text).contains("`" + kind.word() + "`");
    }
    for (OutcomeWord outcome : OutcomeWord.values()) {
      assertThat(text).contains("`" + outcome.word() + "`");
    }
  }

  @Test
  void writesTimesInUtcDurationsInSecondsAndMoneyAsItIs() {
    ObjectNode task = Documents.task(Examples.story());

    assertThat(task.get("started_at").asText()).isEqualTo("2026-01-02T03:04:05.678Z");
    assertThat(task.at("/attempts/0/work/agent/seconds").asDouble()).isEqualTo(1.5);
    assertThat(task.at("/attempts/0/work/agent/cost")).hasToString("0.25");
    assertThat(task.at("/attempts/0/failure/kind").asText()).isEqualTo("tests_failed");
  }

  @Test
  void leavesOutWhatIsNotKnown() {
    var page = new TaskPage(List.of(TaskLine.waiting(new TaskId("a/\"7\u2028"))), Optional.empty());

    assertThat(Documents.tasks(page))
        .hasToString(
            "{\"tasks\":[{\"task\":\"a/\\\"7\u2028\",\"outcome\":\"waiting\",\"attempt_count\":0}]}");
  }

  private static Map<String, List<JsonNode>> examples() {
    ObjectNode status = Documents.status(Examples.status());
    ObjectNode task = Documents.task(Examples.story());
    JsonNode attempt = task.at("/attempts/0");
    var examples = new LinkedHashMap<String, List<JsonNode>>();
    examples.put("status", List.of(status));
    examples.put("avatar", List.of(status.get("avatar")));
    examples.put("running", List.of(status.at("/running/0"), task.get("running")));
    examples.put("reason", List.of(status.at("/why/0")));
    examples.put("backend", List.of(status.get("backend")));
    examples.put("disk", List.of(status.at("/disks/0")));
    examples.put("reports", List.of(status.get("reports")));
    examples.put("why", List.of(Documents.why(Examples.status())));
    examples.put(
        "health", List.of(Documents.health(new Health(List.of("s"), List.of(Examples.reason())))));
    var page = new TaskPage(List.of(Examples.line()), Optional.of("n"));
    examples.put("tasks", List.of(Documents.tasks(page)));
    examples.put("line", List.of(Documents.tasks(page).at("/tasks/0")));
    examples.put("result", List.of(task.get("result")));
    examples.put("task", List.of(task));
    examples.put("attempt", List.of(attempt));
    examples.put("failure", List.of(attempt.get("failure")));
    examples.put("work", List.of(attempt.get("work")));
    examples.put("tests", List.of(attempt.at("/work/tests")));
    examples.put("agent", List.of(attempt.at("/work/agent")));
    examples.put("review", List.of(attempt.at("/work/review")));
    examples.put("log", List.of(Documents.log(new LogPart(Examples.ATTEMPT, 0, 1, 2, true, "a"))));
    ObjectNode spent = spent(SpendingReport.By.DAY);
    examples.put("spend", List.of(spent));
    examples.put(
        "spend line",
        Stream.of(SpendingReport.By.values()).map(by -> spent(by).at("/lines/0")).toList());
    examples.put("change", List.of(Documents.change(Examples.TASK, "diff")));
    examples.put("event", EVENTS.stream().map(event -> (JsonNode) Documents.event(event)).toList());
    examples.put("done", List.of(Documents.done("pause")));
    var reloaded = new Reloading.Result(List.of("a.b"), List.of("c.d"), Optional.empty());
    examples.put("reload", List.of(Documents.reloaded(reloaded)));
    examples.put("error", List.of(Documents.error(Problem.notFound("no", "look"))));
    return examples;
  }

  private static ObjectNode spent(SpendingReport.By by) {
    var line = new SpendingReport.Line("2026-01-02", AgentUsage.NONE);
    return SpendingDocument.of(
        new SpendingReport(by, LocalDate.parse("2026-01-01"), List.of(line)));
  }

  private static Set<String> fields(List<JsonNode> documents) {
    var fields = new TreeSet<String>();
    documents.forEach(document -> document.fieldNames().forEachRemaining(fields::add));
    return fields;
  }

  /** The fields of each table below the heading of the documents. */
  private static Map<String, Set<String>> reference() throws IOException {
    String text = Files.readString(page());
    return Arrays.stream(text.substring(text.indexOf("## Documents")).split("\n### "))
        .skip(1)
        .collect(
            Collectors.toMap(
                part -> part.lines().findFirst().orElseThrow().toLowerCase(Locale.ROOT),
                DocumentsTest::listed));
  }

  private static Set<String> listed(String part) {
    return part.lines()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.split("\\|", 3)[1])
        .flatMap(cell -> FIELD.matcher(cell).results())
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Path page() {
    return Stream.of(Path.of("docs"), Path.of("../docs"))
        .map(folder -> folder.resolve("operations-api.md"))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow();
  }
}
