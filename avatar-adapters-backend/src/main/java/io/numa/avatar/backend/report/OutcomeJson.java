package io.numa.avatar.backend.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.task.BaselineComparison;
import io.numa.avatar.task.ChangeRequestReport;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.Failure;
import io.numa.avatar.task.StepReport;
import io.numa.avatar.task.TestReport;
import io.numa.avatar.task.WorkSummary;
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
  }

  /** Adds the members of a status's {@code details.failure}. */
  public static void addFailure(ObjectNode target, Failure failure) {
    target
        .put("stage", failure.stage().word())
        .put("kind", failure.kind().word())
        .put("message", failure.message());
    failure.exitCode().ifPresent(code -> target.put("exit_code", code));
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
