package io.numa.avatar.backend.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.operation.advice.Advice;
import io.numa.avatar.task.BaselineComparison;
import io.numa.avatar.task.ChangeRequestReport;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.Failure;
import io.numa.avatar.task.StepReport;
import io.numa.avatar.task.TestReport;
import io.numa.avatar.task.WorkSummary;
import io.numa.avatar.task.agent.AgentReport;
import io.numa.avatar.task.agent.AgentUsage;
import io.numa.avatar.task.agent.ChangeReport;
import io.numa.avatar.task.agent.DilutedTests;
import io.numa.avatar.task.agent.KeptPatch;
import io.numa.avatar.task.agent.ReviewFinding;
import io.numa.avatar.task.agent.ReviewReport;
import io.numa.avatar.task.agent.SteeringReport;
import io.numa.avatar.task.sandbox.RefusedHost;
import io.numa.avatar.task.sandbox.SandboxReport;
import java.util.List;

/**
 * Writes a task's work and failure as JSON, with the keys of the status details. Leaves out unknown
 * values.
 */
public final class OutcomeJson {
  private OutcomeJson() {}

  /** Adds the members of a status's {@code details} that tell of the work. */
  public static void addWork(ObjectNode target, WorkSummary work) {
    work.branch().ifPresent(branch -> target.put("branch", branch.value()));
    work.base().map(CommitId::value).ifPresent(commit -> target.put("base_commit", commit));
    if (!work.steps().isEmpty()) {
      addSteps(target.putArray("steps"), work.steps());
    }
    work.commit().map(CommitId::value).ifPresent(commit -> target.put("commit", commit));
    work.changeRequest()
        .flatMap(ChangeRequestReport::url)
        .ifPresent(url -> target.put("change_request_url", url));
    work.tests().ifPresent(report -> addTests(target.putObject("tests"), report));
    work.processControl().ifPresent(word -> target.put("process_control", word));
    work.agent().ifPresent(report -> addAgent(target.putObject("agent"), report));
    work.agent()
        .flatMap(AgentReport::steering)
        .ifPresent(report -> addSteering(target.putObject("steering"), report));
    work.changes().ifPresent(report -> addChanges(target.putObject("changes"), report));
    work.keptPatch().ifPresent(patch -> addPatch(target.putObject("kept_patch"), patch));
    work.sandbox().ifPresent(report -> addSandbox(target.putObject("sandbox"), report));
    work.review().ifPresent(report -> addReview(target.putObject("review"), report));
    if (!work.ignored().isEmpty()) {
      work.ignored().forEach(target.putArray("ignored")::add);
    }
  }

  /** Adds the members of a status's {@code details.failure}. */
  public static void addFailure(ObjectNode target, Failure failure) {
    target
        .put("stage", failure.stage().word())
        .put("kind", failure.kind().word())
        .put("message", failure.message())
        .put("advice", Advice.of(failure.kind()).page());
    failure.exitCode().ifPresent(code -> target.put("exit_code", code));
  }

  private static void addAgent(ObjectNode agent, AgentReport report) {
    agent.put("name", report.name());
    report.version().ifPresent(version -> agent.put("version", version));
    report.model().ifPresent(model -> agent.put("model", model));
    report.session().ifPresent(session -> agent.put("session", session));
    AgentUsage usage = report.usage();
    agent
        .put("turns", usage.turns())
        .put("tool_calls", usage.toolCalls())
        .put("requests", usage.requests())
        .put("input_tokens", usage.inputTokens())
        .put("cached_tokens", usage.cachedTokens())
        .put("output_tokens", usage.outputTokens())
        .put("cost", usage.cost())
        .put("repairs", report.repairs());
    report.stop().ifPresent(word -> agent.put("stop", word));
    report.summary().ifPresent(text -> agent.put("summary", text));
  }

  private static void addSteering(ObjectNode steering, SteeringReport report) {
    steering
        .put("accepted", report.accepted())
        .put("delivered", report.delivered())
        .put("author", report.author())
        .put("text", report.text());
  }

  private static void addChanges(ObjectNode changes, ChangeReport report) {
    changes
        .put("files", report.files())
        .put("insertions", report.insertions())
        .put("deletions", report.deletions())
        .put("tests_changed", report.testsChanged())
        .put("tests_deleted", report.testsDeleted())
        .put("test_setup_changed", report.testSetupChanged());
  }

  private static void addReview(ObjectNode review, ReviewReport report) {
    review
        .put("agent", report.agent())
        .put("action", report.action().word())
        .put("verdict", report.verdict().word())
        .put("rounds", report.rounds())
        .put("input_tokens", report.usage().inputTokens())
        .put("output_tokens", report.usage().outputTokens())
        .put("cost", report.usage().cost());
    ArrayNode findings = review.putArray("findings");
    for (ReviewFinding finding : report.findings()) {
      ObjectNode each = findings.addObject().put("severity", finding.severity().word());
      finding.path().ifPresent(path -> each.put("path", path));
      finding.line().ifPresent(line -> each.put("line", line));
      each.put("text", finding.text());
    }
    review.put("omitted", report.omitted());
    report.problem().ifPresent(problem -> review.put("problem", problem));
  }

  private static void addPatch(ObjectNode target, KeptPatch patch) {
    target.put("path", patch.path()).put("bytes", patch.bytes()).put("sha256", patch.sha256());
  }

  /** Writes what is told of a sandbox. */
  public static void addSandbox(ObjectNode target, SandboxReport report) {
    target.put("profile", report.profile().word()).put("means", report.means());
    report.lacks().forEach(target.putArray("lacks")::add);
    ArrayNode refused = target.putArray("refused");
    for (RefusedHost host : report.refused()) {
      refused
          .addObject()
          .put("host", host.host())
          .put("port", host.port())
          .put("count", host.count());
    }
  }

  private static void addSteps(ArrayNode steps, List<StepReport> reports) {
    for (StepReport report : reports) {
      ObjectNode step =
          steps
              .addObject()
              .put("step", report.number())
              .put("what", report.label())
              .put("outcome", report.outcome().word())
              .put("duration_ms", report.duration().toMillis());
      report.message().ifPresent(message -> step.put("message", message));
    }
  }

  private static void addTests(ObjectNode tests, TestReport report) {
    tests
        .put("command", report.command())
        .put("verdict", report.verdict().word())
        .put("run", report.counts().run())
        .put("failed", report.counts().failed())
        .put("errors", report.counts().errors())
        .put("skipped", report.counts().skipped())
        .put("duration_ms", report.duration().toMillis());
    ArrayNode failures = tests.putArray("failures");
    for (TestReport.FailedTest test : report.failures()) {
      failures.addObject().put("name", test.name()).put("message", test.message());
    }
    if (!report.lost().isEmpty()) {
      report.lost().forEach(tests.putArray("lost")::add);
    }
    report.baseline().ifPresent(names -> addBaseline(tests.putObject("baseline"), names));
    report.diluted().ifPresent(diluted -> addDiluted(tests.putObject("diluted"), diluted));
  }

  private static void addDiluted(ObjectNode target, DilutedTests diluted) {
    ArrayNode files = target.putArray("files");
    diluted.files().forEach(files::add);
    target.put("verdict", diluted.verdict().word()).put("fewer", diluted.fewer());
  }

  private static void addBaseline(ObjectNode baseline, BaselineComparison names) {
    addNames(baseline, "new", names.added());
    addNames(baseline, "fixed", names.fixed());
    addNames(baseline, "pre_existing", names.preExisting());
    names.unnamed().ifPresent(kind -> baseline.put("unnamed", kind.word()));
  }

  /** Writes the number of all tests; the list may have only the first of them. */
  private static void addNames(ObjectNode baseline, String key, BaselineComparison.Names names) {
    ArrayNode list = baseline.putArray(key);
    names.first().forEach(list::add);
    baseline.put(key + "_count", names.count());
  }
}
