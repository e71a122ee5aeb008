package io.numa.avatar.server.page;

import io.numa.avatar.run.text.ReviewText;
import io.numa.avatar.task.BaselineComparison;
import io.numa.avatar.task.ChangeRequestReport;
import io.numa.avatar.task.StepReport;
import io.numa.avatar.task.TestReport;
import io.numa.avatar.task.WorkSummary;
import io.numa.avatar.task.agent.AgentReport;
import io.numa.avatar.task.agent.AgentUsage;
import io.numa.avatar.task.agent.ChangeReport;
import io.numa.avatar.task.agent.ReviewReport;
import io.numa.avatar.task.agent.SteeringReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Shows what an attempt has done. */
final class Cards {
  private final Words words;

  Cards(Words words) {
    this.words = words;
  }

  /** A card for each aspect that there is. */
  List<Card> of(WorkSummary work) {
    return Stream.of(
            Optional.of(result(work)),
            work.tests().map(this::tests),
            work.review().map(this::review),
            work.agent().map(this::agent),
            Optional.of(steps(work.steps())))
        .flatMap(Optional::stream)
        .filter(card -> !card.isEmpty())
        .toList();
  }

  private Card result(WorkSummary work) {
    var facts = new ArrayList<Fact>();
    work.commit().ifPresent(commit -> facts.add(fact("commit", commit)));
    work.branch().ifPresent(branch -> facts.add(fact("branch", branch.value())));
    work.base().ifPresent(commit -> facts.add(fact("base", commit.abbreviated())));
    work.changeRequest().ifPresent(report -> facts.add(changeRequest(report)));
    work.changes().ifPresent(report -> addChanges(facts, report));
    work.keptPatch()
        .ifPresent(
            patch ->
                facts.add(fact("kept_patch", patch.path() + ", " + Words.size(patch.bytes()))));
    work.sandbox()
        .ifPresent(
            sandbox ->
                facts.add(fact("sandbox", sandbox.profile().word() + ", " + sandbox.means())));
    var more = new ArrayList<Fact>();
    work.sandbox()
        .ifPresent(
            sandbox -> {
              addLines(more, "lacks", sandbox.lacks());
              addLines(
                  more,
                  "refused_hosts",
                  sandbox.refused().stream()
                      .map(host -> host.host() + ":" + host.port() + " × " + host.count())
                      .toList());
            });
    addLines(more, "ignored", work.ignored());
    return new Card(words.of("result"), facts, more);
  }

  private Fact changeRequest(ChangeRequestReport report) {
    return report
        .url()
        .map(url -> new Fact(words.of("change_request"), url, Optional.of(url).filter(Cards::web)))
        .orElseGet(() -> fact("no_change_request", report.problem().orElse("")));
  }

  /** Whether a browser may go there; an address of another kind could be a script. */
  private static boolean web(String url) {
    return url.startsWith("https://") || url.startsWith("http://");
  }

  private void addChanges(List<Fact> facts, ChangeReport report) {
    facts.add(fact("files_changed", report.files()));
    facts.add(fact("lines_changed", "+" + report.insertions() + " −" + report.deletions()));
    if (report.testsChanged() > 0) {
      facts.add(fact("tests_changed", report.testsChanged()));
    }
    if (report.testsDeleted() > 0) {
      facts.add(fact("tests_deleted", report.testsDeleted()));
    }
    if (report.testSetupChanged()) {
      facts.add(new Fact(words.of("setup_changed"), ""));
    }
  }

  private Card tests(TestReport report) {
    var facts = new ArrayList<Fact>();
    facts.add(fact("command", report.command()));
    facts.add(fact("exit_code", report.exitCode()));
    facts.add(fact("tests_run", Words.number(report.counts().run())));
    facts.add(fact("tests_failing", Words.number(report.counts().failing())));
    facts.add(fact("tests_skipped", Words.number(report.counts().skipped())));
    facts.add(fact("time", words.duration(report.duration())));
    var more = new ArrayList<Fact>();
    report.baseline().ifPresent(names -> addBaseline(facts, more, names));
    addLines(
        more,
        "failures",
        report.failures().stream().map(test -> test.name() + "\n" + test.message()).toList());
    addLines(more, "lost_results", report.lost());
    addLines(more, "last_lines", report.lastLines());
    report.diluted().ifPresent(diluted -> addLines(more, "diluted", diluted.failing()));
    return new Card(words.of("tests"), facts, more);
  }

  private void addBaseline(List<Fact> facts, List<Fact> more, BaselineComparison comparison) {
    addNames(facts, more, "new_failures", comparison.added());
    addNames(facts, more, "known_failures", comparison.preExisting());
    addNames(facts, more, "fixed_failures", comparison.fixed());
  }

  private void addNames(
      List<Fact> facts, List<Fact> more, String key, BaselineComparison.Names names) {
    facts.add(fact(key, Words.number(names.count())));
    addLines(more, key, names.first());
  }

  private Card review(ReviewReport report) {
    var facts = new ArrayList<Fact>();
    facts.add(fact("reviewer", report.agent()));
    facts.add(fact("verdict", words.of("verdict_" + report.verdict().word())));
    facts.add(fact("findings", report.findings().size() + report.omitted()));
    if (report.usage().cost().signum() > 0) {
      facts.add(fact("cost", Words.cost(report.usage().cost())));
    }
    var more = new ArrayList<Fact>();
    report.problem().ifPresent(problem -> more.add(fact("review_problem", problem)));
    report
        .findings()
        .forEach(finding -> more.add(new Fact(ReviewText.heading(finding), finding.text())));
    return new Card(words.of("review"), facts, more);
  }

  private Card agent(AgentReport report) {
    AgentUsage usage = report.usage();
    var facts = new ArrayList<Fact>();
    facts.add(fact("agent", report.name() + report.version().map(text -> " " + text).orElse("")));
    report.model().ifPresent(model -> facts.add(fact("model", model)));
    facts.add(fact("agent_turns", Words.number(usage.turns())));
    facts.add(fact("tool_calls", Words.number(usage.toolCalls())));
    facts.add(
        fact(
            "tokens",
            words.of(
                "tokens_io",
                Words.number(usage.inputTokens()),
                Words.number(usage.outputTokens()))));
    if (usage.cost().signum() > 0) {
      facts.add(fact("cost", Words.cost(usage.cost())));
    }
    facts.add(fact("time", words.duration(report.time())));
    if (report.repairs() > 0) {
      facts.add(fact("repairs", report.repairs()));
    }
    report.stop().ifPresent(stop -> facts.add(fact("stop", stop)));
    report.steering().ifPresent(messages -> addMessages(facts, messages));
    var more = new ArrayList<Fact>();
    report.summary().ifPresent(text -> more.add(fact("summary", text)));
    return new Card(words.of("agent"), facts, more);
  }

  private void addMessages(List<Fact> facts, SteeringReport report) {
    facts.add(fact("messages", words.of("messages_got", report.accepted(), report.delivered())));
    facts.add(fact("newest_message", report.author() + ": " + report.text()));
  }

  private Card steps(List<StepReport> steps) {
    var facts = new ArrayList<Fact>();
    var more = new ArrayList<Fact>();
    for (StepReport step : steps) {
      String name = step.number() + ". " + step.label();
      facts.add(new Fact(name, step.outcome().word() + ", " + words.duration(step.duration())));
      step.message().ifPresent(message -> more.add(new Fact(name, message)));
    }
    return new Card(words.of("steps"), facts, more);
  }

  private void addLines(List<Fact> more, String key, List<String> lines) {
    if (!lines.isEmpty()) {
      more.add(fact(key, lines.stream().collect(Collectors.joining("\n"))));
    }
  }

  private Fact fact(String key, Object value) {
    return new Fact(words.of(key), value);
  }
}
