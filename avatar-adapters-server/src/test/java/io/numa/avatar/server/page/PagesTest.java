package io.numa.avatar.server.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numa.avatar.operation.OperationEvent;
import io.numa.avatar.operation.RunState;
import io.numa.avatar.operation.Waiting;
import io.numa.avatar.port.journal.OutcomeWord;
import io.numa.avatar.server.http.Answer;
import io.numa.avatar.server.http.BadRequestException;
import io.numa.avatar.server.http.Request;
import io.numa.avatar.server.page.SampleTasks.Wording;
import io.numa.avatar.task.ChangeRequestReport;
import io.numa.avatar.task.Failure;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.StepOutcome;
import io.numa.avatar.task.StepReport;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TestReport;
import io.numa.avatar.task.WorkSummary;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  /** Ends of tags, attributes, scripts and templates, and what a terminal or an eye obeys. */
  private static final String HOSTILE =
      "</pre></title><script>alert(1)</script>\"' onload=alert(1) x=\"<img src=x onerror=alert(1)>"
          + "{{t.now}}{{{frame}}}<!--&lt;\u202Egnp.exe\u200B\u001b]0;owned\u0007\u001b[2J";

  private final SampleAvatar avatar = new SampleAvatar(NOW);
  private final SampleTasks tasks = new SampleTasks(NOW);
  private final Pages pages =
      new Pages(avatar, new AtomicLong()::incrementAndGet, Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void showsWhatRunsAndWhatHasEnded() throws Exception {
    avatar.add(
        tasks.running(
            Wording.of("1042", "Let people log in", "dev-1042"),
            Stage.DEVELOP,
            192,
            "edit A.java"));
    avatar.add(
        tasks.ended(
            Wording.of("1041", "Show the price", "dev-1041"),
            OutcomeWord.DONE,
            240,
            WorkSummary.NOTHING_YET.withTests(SampleTasks.tests(214, 0))));

    Document page = page("/");

    Element slot = page.selectFirst("article.slot");
    assertThat(slot.selectFirst("h3 a").attr("href")).isEqualTo("/tasks/1042");
    assertThat(slot.text()).contains("Let people log in", "develop", "3 min 12 s", "14 turns");
    assertThat(slot.selectFirst(".newest").text()).isEqualTo("edit A.java");
    assertThat(slot.select("ol.stages li")).hasSize(Stage.values().length);
    assertThat(page.selectFirst("table.tasks tbody tr").text())
        .isEqualTo("done Show the price1041 · dev-1041 212 passed 7 min 9 s 4 min ago");
    assertThat(page.text()).contains("1 of 3 slots in use", "2 slots are free.");
  }

  @Test
  void saysWhyItTakesNoTask() throws Exception {
    avatar.why =
        List.of(
            Waiting.paused(NOW.minusSeconds(60)),
            Waiting.of(Waiting.Kind.NO_MESSAGE, "nothing is announced"));
    avatar.state = RunState.PAUSED;

    Document page = page("/");

    assertThat(page.select(".why li")).hasSize(1);
    assertThat(page.selectFirst(".why li").text()).contains("The operator has paused it.", "1 min");
    assertThat(page.selectFirst("#state").text()).isEqualTo("paused");
    assertThat(page.select("button[data-post]").eachAttr("data-post"))
        .containsExactly("/api/v1/resume", "/api/v1/drain");
  }

  @Test
  void tellsTheStoryOfAFailedTask() throws Exception {
    addFailed("1040");

    Document page = page("/tasks/1040");

    assertThat(page.selectFirst(".why h2").text()).isEqualTo("tests_failed in stage “test”");
    assertThat(page.selectFirst(".why").text()).contains("3 new tests fail", "only after a change");
    assertThat(page.select(".time li").eachText()).hasSize(6).last().asString().startsWith("test");
    assertThat(page.select(".time li.stopped")).hasSize(1);
    assertThat(page.select("button[data-post]").eachAttr("data-post"))
        .contains("/api/v1/tasks/1040/retry")
        .doesNotContain("/api/v1/tasks/1040/cancel");
    assertThat(page.select(".log pre > span.own").eachText()).containsExactly("12:00 [test] run");
    assertThat(page.selectFirst(".log pre .c1.bold").text()).isEqualTo("[ERROR]");
    assertThat(page.select(".diff .add").eachText()).containsExactly("+ new", "++ b/evil");
    assertThat(page.select(".diff .del").eachText()).containsExactly("- old");
    assertThat(page.selectFirst("#change .head").text()).contains("+2 −1");
  }

  private void addFailed(String id) {
    avatar.add(
        tasks.ended(
            Wording.of(id, "Move the templates", "feature/mail"),
            OutcomeWord.FAILED,
            700,
            WorkSummary.NOTHING_YET.withTests(SampleTasks.tests(418, 3))));
    avatar.logs.put(
        SampleTasks.attempt(id), "12:00 [test] run\n| \u001b[1;31m[ERROR]\u001b[0m no\n");
    avatar.changes.put(
        new TaskId(id),
        "diff --git a/A b/A\n--- a/A\n+++ b/A\n@@ -1,2 +1,3 @@\n same\n- old\n+ new\n++ b/evil\n");
  }

  @Test
  void leavesOutTheLongPartsOnDemand() throws Exception {
    addFailed("1040");

    assertThat(page("/tasks/1040?part=story").select("#log, #change")).isEmpty();
    assertThat(page("/tasks/1040?part=change").select("#log, #change").eachAttr("id"))
        .containsExactly("change");
    assertThat(page("/tasks/1040?part=story").select("[data-part]").eachAttr("id"))
        .contains("state", "task", "story");
  }

  @Test
  void readsAndRendersOncePerChangeForFiftyWatchers() throws Exception {
    addFailed("1040");
    var clock = Clock.fixed(NOW, ZoneOffset.UTC);
    var shown = new Pages(avatar, avatar.events::published, Duration.ofDays(1), clock);

    assertThat(showFifty(shown, "/tasks/1040?part=story")).hasSize(1);
    assertThat(avatar.readings).hasValue(1);
    assertThat(showFifty(shown, "/tasks/1040/log?from=17")).hasSize(1);
    assertThat(avatar.readings).hasValue(2);

    avatar.events.publish(new OperationEvent.Printed(new TaskId("1040")));
    assertThat(showFifty(shown, "/tasks/1040?part=story")).hasSize(1);
    assertThat(avatar.readings).hasValue(3);
  }

  private static Set<Answer> showFifty(Pages pages, String address) throws Exception {
    var watching = new ArrayList<FutureTask<Answer>>();
    for (int i = 0; i < 50; i++) {
      watching.add(
          new FutureTask<>(
              () -> pages.answer(request(address, "en"), Optional.empty()).orElseThrow()));
    }
    watching.forEach(task -> new Thread(task).start());
    var answers = new HashSet<Answer>();
    for (FutureTask<Answer> task : watching) {
      answers.add(task.get());
    }
    return answers;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/tasks",
        "/tasks/7",
        "/tasks/8",
        "/tasks/9",
        "/tasks?text=%3Cscript%3E%22",
        "/login"
      })
  void showsHostileTextsAsText(String path) throws Exception {
    addHostile();
    Document clean = Jsoup.parse(html(path, "en"));

    assertThat(clean.select("script").eachAttr("src")).containsExactly("/assets/avatar.js");
    assertThat(clean.selectFirst("script").data()).isEmpty();
    assertThat(clean.select("img, iframe, object, embed, base, style, [style]")).isEmpty();
    assertThat(clean.getAllElements())
        .allSatisfy(
            element ->
                assertThat(element.attributes().asList())
                    .noneMatch(attribute -> attribute.getKey().startsWith("on")));
    assertThat(clean.select("[href], [src], [action]"))
        .allSatisfy(
            element ->
                assertThat(element.attr("href") + element.attr("src") + element.attr("action"))
                    .matches("(/(?!/)|#).*"));
    assertThat(html(path, "en")).doesNotContain("\u202e", "\u200b", "\u001b", "\u0007");
  }

  @Test
  void marksWhatCannotBeSeen() throws Exception {
    addHostile();

    assertThat(page("/tasks/7").selectFirst("h1").wholeText())
        .isEqualTo(
            HOSTILE
                .replace("\u202e", "⟦U+202E⟧")
                .replace("\u200b", "⟦U+200B⟧")
                .replace("\u001b", "⟦U+001B⟧")
                .replace("\u0007", "⟦U+0007⟧"));
    assertThat(page("/tasks/7").selectFirst("#log pre").wholeText())
        .contains("gnp.exe", "</pre>")
        .doesNotContain("owned", "[2J");
  }

  private void addHostile() {
    avatar.agents = List.of(HOSTILE);
    avatar.why = List.of(Waiting.of(Waiting.Kind.BACKEND_AWAY, HOSTILE));
    avatar.add(tasks.running(new Wording("8", HOSTILE, HOSTILE, HOSTILE), Stage.TEST, 9, HOSTILE));
    avatar.add(
        tasks.ended(
            new Wording("7", HOSTILE, HOSTILE, HOSTILE),
            OutcomeWord.DONE,
            9,
            WorkSummary.NOTHING_YET
                .withAgent(SampleTasks.agent(1, "0", Optional.of(HOSTILE)))
                .withChangeRequest(ChangeRequestReport.at("javascript:alert(1)"))));
    var tests =
        new TestReport(
            HOSTILE,
            1,
            new TestReport.Counts(2, 1, 0, 0),
            Duration.ofSeconds(1),
            List.of(new TestReport.FailedTest(HOSTILE, HOSTILE)));
    avatar.add(
        tasks.ended(
            new Wording("9", HOSTILE, HOSTILE, HOSTILE),
            OutcomeWord.FAILED,
            9,
            WorkSummary.NOTHING_YET
                .withTests(tests)
                .withSteps(
                    List.of(
                        new StepReport(
                            1, HOSTILE, StepOutcome.FAILED, Duration.ZERO, Optional.of(HOSTILE)))),
            Optional.of(new Failure(Stage.TEST, FailureKind.TESTS_FAILED, HOSTILE))));
    avatar.logs.put(SampleTasks.attempt("7"), HOSTILE + "\n| " + HOSTILE + "\n");
    avatar.changes.put(new TaskId("7"), "diff --git " + HOSTILE + "\n+" + HOSTILE);
  }

  @Test
  void searchesAndPages() throws Exception {
    for (int i = 0; i < 120; i++) {
      avatar.add(
          tasks.ended(
              Wording.of("n" + i, i % 2 == 0 ? "even <b>" : "odd", "dev-" + i),
              OutcomeWord.DONE,
              i,
              WorkSummary.NOTHING_YET));
    }

    Document first = page("/tasks?text=%3Cb%3E&outcome=done");
    assertThat(first.select("tbody tr")).hasSize(50);
    assertThat(first.selectFirst("#search").attr("value")).isEqualTo("<b>");
    String next = first.selectFirst("a[rel=next]").attr("href");
    assertThat(next).isEqualTo("/tasks?text=%3Cb%3E&outcome=done&after=50");
    Document last = page(next);
    assertThat(last.select("tbody tr")).hasSize(10);
    assertThat(last.select("a[rel=next]")).isEmpty();
    assertThat(page("/tasks?outcome=failed").text()).contains("No task matches.");
    assertThat(page("/tasks?outcome=failed").selectFirst("[aria-current=true]").text())
        .isEqualTo("failed");
  }

  @Test
  void showsALongLogInPiecesThatMeet() throws Exception {
    var log = new StringBuilder();
    for (int i = 0; i < 60_000; i++) {
      log.append("| line ").append(i).append(" 页\n");
    }
    avatar.add(
        tasks.ended(Wording.of("7", "Long", "dev"), OutcomeWord.DONE, 9, WorkSummary.NOTHING_YET));
    avatar.logs.put(SampleTasks.attempt("7"), log.toString());

    var shown = new StringBuilder();
    String address = "/tasks/7";
    for (int pieces = 0; !address.isEmpty(); pieces++) {
      assertThat(pieces).isLessThan(10);
      Document page = page(address);
      shown.insert(0, page.selectFirst("#log pre").wholeText());
      address =
          page.select("#log a").stream()
              .filter(link -> link.text().equals("Earlier part"))
              .map(link -> link.attr("href"))
              .findFirst()
              .orElse("");
    }
    assertThat(shown.toString().equals(log.toString())).isTrue();
  }

  @Test
  void givesTheScriptWhatALogHasNew() throws Exception {
    addFailed("1040");

    Answer answer = answer("/tasks/1040/log?from=17", "en");
    assertThat(answer.headers()).containsEntry("X-Open", "false").containsKey("X-Next");
    assertThat(body(answer)).startsWith("<span>| <span class=\"c1 bold\">[ERROR]</span> no\n");
  }

  @Test
  void knowsWhichTasksThereAre() throws Exception {
    assertThat(answer("/tasks/none", "en").status()).isEqualTo(404);
    assertThat(page("/tasks/none").text()).contains("There is no such task");
    assertThat(answer(request("/other", "en"))).isEmpty();
    for (String bad : List.of("/tasks/%00", "/tasks?outcome=x", "/tasks?since=1&outcome=,")) {
      assertThatThrownBy(() -> answer(request(bad, "en"))).isInstanceOf(BadRequestException.class);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "en-GB,en;q=0.9 | en | Now",
        "zh-CN,zh;q=0.9,en;q=0.8 | zh-CN | 当前",
        "zh-TW | zh-CN | 当前",
        "de,zh;q=0.2,en;q=0.1 | zh-CN | 当前",
        "fr | en | Now",
        "!! | en | Now"
      })
  void speaksTheLanguageOfTheClient(String wish, String tag, String heading) throws Exception {
    Document page = Jsoup.parse(html("/", wish));

    assertThat(page.selectFirst("html").attr("lang")).isEqualTo(tag);
    assertThat(page.selectFirst("h1").text()).isEqualTo(heading);
  }

  private Document page(String path) throws Exception {
    return Jsoup.parse(html(path, "en"));
  }

  private String html(String path, String language) throws Exception {
    return body(answer(path, language));
  }

  private Answer answer(String path, String language) {
    Request request = request(path, language);
    return path.equals("/login") ? pages.login(request) : answer(request).orElseThrow();
  }

  private static String body(Answer answer) throws Exception {
    var bytes = new ByteArrayOutputStream();
    answer.body().writeTo(bytes);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static Request request(String address, String language) {
    var uri = URI.create(address);
    var query = new LinkedHashMap<String, String>();
    if (uri.getQuery() != null) {
      for (String parameter : uri.getQuery().split("&", -1)) {
        String[] parts = parameter.split("=", 2);
        query.put(parts[0], parts[1]);
      }
    }
    return new Request(
        "GET",
        Arrays.stream(uri.getPath().split("/", -1)).filter(part -> !part.isEmpty()).toList(),
        query,
        name -> Optional.of(language).filter(value -> name.equals("Accept-Language")),
        new Request.Origin(
            InetAddress.getLoopbackAddress(),
            InetAddress.getLoopbackAddress(),
            InputStream.nullInputStream()));
  }

  private Optional<Answer> answer(Request request) {
    return pages.answer(request, Optional.empty());
  }
}
