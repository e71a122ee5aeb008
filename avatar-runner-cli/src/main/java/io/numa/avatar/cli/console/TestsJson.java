package io.numa.avatar.cli.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.task.BaselineComparison;
import io.numa.avatar.task.TestReport;

/** Writes what tests gave, in the form that statuses have too. */
final class TestsJson {
  private TestsJson() {}

  static void add(ObjectNode event, TestReport report) {
    ObjectNode tests =
        event
            .putObject("tests")
            .put("command", report.command())
            .put("exit_code", report.exitCode())
            .put("run", report.counts().run())
            .put("failed", report.counts().failed())
            .put("errors", report.counts().errors())
            .put("skipped", report.counts().skipped())
            .put("duration_ms", report.duration().toMillis());
    ArrayNode failures = tests.putArray("failures");
    for (TestReport.FailedTest test : report.failures()) {
      failures.addObject().put("name", test.name()).put("message", test.message());
    }
    report.baseline().ifPresent(names -> addBaseline(tests, names));
  }

  private static void addBaseline(ObjectNode tests, BaselineComparison names) {
    ObjectNode baseline = tests.putObject("baseline");
    addNames(baseline, "new", names.added());
    addNames(baseline, "fixed", names.fixed());
    addNames(baseline, "pre_existing", names.preExisting());
    names.unnamed().ifPresent(kind -> baseline.put("unnamed", kind.word()));
  }

  private static void addNames(ObjectNode baseline, String key, BaselineComparison.Names names) {
    ArrayNode list = baseline.putArray(key);
    names.first().forEach(list::add);
    baseline.put(key + "_count", names.count());
  }
}
