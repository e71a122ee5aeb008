package io.numa.avatar.server.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.task.BaselineComparison;
import io.numa.avatar.task.ChangeRequestReport;
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
import java.time.Duration;

/**
 * Makes a document of what an attempt has done. Its names are those of the details of statuses that
 * backends get, but durations are in seconds.
 */
final class WorkDocument {
  private WorkDocument() {}

  static ObjectNode of(WorkSummary work) {
    ObjectNode document = Documents.object();
    work.branch().ifPresent(branch -> document.put("branch", branch.value()));
    work.base().ifPresent(commit -> document.put("base_commit", commit.value()));
    work.commit().ifPresent(commit -> document.put("commit", commit.value()));
    work.changeRequest().ifPresent(report -> addChangeRequest(document, report));
    addSteps(document.putArray("steps"), work);
    work.tests().ifPresent(report -> document.set("tests", tests(report)));
    work.agent().ifPresent(report -> document.set("agent", agent(report)));
    work.agent()
        .flatMap(AgentReport::steering)
        .ifPresent(report -> document.set("steering", steering(report)));
    work.changes().ifPresent(report -> document.set("changes", changes(report)));
    work.keptPatch().ifPresent(patch -> document.set("kept_patch", patch(patch)));
    work.processControl().ifPresent(word -> document.put("process_control", word));
    work.sandbox().ifPresent(report -> document.set("sandbox", sandbox(report)));
    work.review().ifPresent(report -> document.set("review", review(report)));
    if (!work.ignored().isEmpty()) {
      work.ignored().forEach(document.putArray("ignored")::add);
    }
    return document;
  }

  private static void addChangeRequest(ObjectNode target, ChangeRequestReport report) {
    report.url().ifPresent(url -> target.put("change_request_url", url));
    report.problem().ifPresent(problem -> target.put("change_request_problem", problem));
  }

  private static void addSteps(ArrayNode target, WorkSummary work) {
    for (StepReport step : work.steps()) {
      ObjectNode document =
          target
              .addObject()
              .put("step", step.number())
              .put("what", step.label())
              .put("outcome", step.outcome().word())
              .put("seconds", seconds(step.duration()));
      step.message().ifPresent(message -> document.put("message", message));
    }
  }

  private static ObjectNode tests(TestReport report) {
    ObjectNode document =
        Documents.object()
            .put("command", report.command())
            .put("exit_code", report.exitCode())
            .put("verdict", report.verdict().word());
    addCounts(document, report.counts());
    document.put("seconds", seconds(report.duration()));
    ArrayNode failures = document.putArray("failures");
    for (TestReport.FailedTest test : report.failures()) {
      failures.addObject().put("name", test.name()).put("message", test.message());
    }
    report.lost().forEach(document.putArray("lost")::add);
    report.lastLines().forEach(document.putArray("last_lines")::add);
    report.baseline().ifPresent(names -> document.set("baseline", baseline(names)));
    report.diluted().ifPresent(diluted -> document.set("diluted", diluted(diluted)));
    return document;
  }

  static void addCounts(ObjectNode target, TestReport.Counts counts) {
    target
        .put("run", counts.run())
        .put("failed", counts.failed())
        .put("errors", counts.errors())
        .put("skipped", counts.skipped());
  }

  private static ObjectNode baseline(BaselineComparison comparison) {
    ObjectNode document = Documents.object();
    addNames(document, "new", comparison.added());
    addNames(document, "fixed", comparison.fixed());
    addNames(document, "pre_existing", comparison.preExisting());
    comparison.unnamed().ifPresent(kind -> document.put("unnamed", kind.word()));
    return document;
  }

  private static void addNames(ObjectNode target, String field, BaselineComparison.Names names) {
    names.first().forEach(target.putArray(field)::add);
    target.put(field + "_count", names.count());
  }

  private static ObjectNode diluted(DilutedTests diluted) {
    ObjectNode document = Documents.object();
    diluted.files().forEach(document.putArray("files")::add);
    document.put("verdict", diluted.verdict().word()).put("fewer", diluted.fewer());
    diluted.failing().forEach(document.putArray("failing")::add);
    return document;
  }

  static ObjectNode agent(AgentReport report) {
    ObjectNode document = Documents.object().put("name", report.name());
    report.version().ifPresent(version -> document.put("version", version));
    report.model().ifPresent(model -> document.put("model", model));
    report.session().ifPresent(session -> document.put("session", session));
    AgentUsage usage = report.usage();
    document
        .put("turns", usage.turns())
        .put("tool_calls", usage.toolCalls())
        .put("requests", usage.requests())
        .put("input_tokens", usage.inputTokens())
        .put("cached_tokens", usage.cachedTokens())
        .put("cache_write_tokens", usage.cacheWriteTokens())
        .put("output_tokens", usage.outputTokens())
        .put("cost", usage.cost())
        .put("seconds", seconds(report.time()))
        .put("repairs", report.repairs());
    report.stop().ifPresent(word -> document.put("stop", word));
    report.summary().ifPresent(text -> document.put("summary", text));
    return document;
  }

  private static ObjectNode steering(SteeringReport report) {
    return Documents.object()
        .put("accepted", report.accepted())
        .put("delivered", report.delivered())
        .put("author", report.author())
        .put("text", report.text());
  }

  private static ObjectNode changes(ChangeReport report) {
    return Documents.object()
        .put("files", report.files())
        .put("insertions", report.insertions())
        .put("deletions", report.deletions())
        .put("tests_changed", report.testsChanged())
        .put("tests_deleted", report.testsDeleted())
        .put("test_setup_changed", report.testSetupChanged());
  }

  private static ObjectNode review(ReviewReport report) {
    ObjectNode document =
        Documents.object()
            .put("agent", report.agent())
            .put("action", report.action().word())
            .put("verdict", report.verdict().word())
            .put("rounds", report.rounds())
            .put("input_tokens", report.usage().inputTokens())
            .put("output_tokens", report.usage().outputTokens())
            .put("cost", report.usage().cost());
    ArrayNode findings = document.putArray("findings");
    for (ReviewFinding finding : report.findings()) {
      ObjectNode each = findings.addObject().put("severity", finding.severity().word());
      finding.path().ifPresent(path -> each.put("path", path));
      finding.line().ifPresent(line -> each.put("line", line));
      each.put("text", finding.text());
    }
    document.put("omitted", report.omitted());
    report.problem().ifPresent(problem -> document.put("problem", problem));
    return document;
  }

  private static ObjectNode patch(KeptPatch patch) {
    return Documents.object()
        .put("path", patch.path())
        .put("bytes", patch.bytes())
        .put("sha256", patch.sha256());
  }

  private static ObjectNode sandbox(SandboxReport report) {
    ObjectNode document =
        Documents.object().put("profile", report.profile().word()).put("means", report.means());
    report.lacks().forEach(document.putArray("lacks")::add);
    ArrayNode refused = document.putArray("refused");
    for (RefusedHost host : report.refused()) {
      refused
          .addObject()
          .put("host", host.host())
          .put("port", host.port())
          .put("count", host.count());
    }
    return document;
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
