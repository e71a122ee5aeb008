package io.numa.avatar.backend;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.Lease;
import io.numa.avatar.port.LogChunk;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.task.AvatarId;
import io.numa.avatar.task.BaselineComparison;
import io.numa.avatar.task.ChangeRequestReport;
import io.numa.avatar.task.Failure;
import io.numa.avatar.task.StepReport;
import io.numa.avatar.task.TestReport;
import io.numa.avatar.task.WorkSummary;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Writes the bodies of statuses and logs. */
final class ReportWriter {
  private static final Pattern WHOLE_NUMBER = Pattern.compile("0|-?[1-9][0-9]{0,17}");

  private final AvatarId avatar;
  private final StatusWords words;

  ReportWriter(AvatarId avatar, StatusWords words) {
    this.avatar = avatar;
    this.words = words;
  }

  ObjectNode log(Attempt attempt, LogChunk chunk) {
    ObjectNode body =
        Json.object()
            .put("logs", chunk.text())
            .put("attempt", attempt.id().toString())
            .put("offset", chunk.offset());
    addEpoch(body, attempt);
    return body;
  }

  ObjectNode status(Attempt attempt, StatusUpdate update) {
    ObjectNode body = Json.object().put("status", words.word(update.state()));
    body.set("details", details(attempt, update));
    addEpoch(body, attempt);
    return body;
  }

  private ObjectNode details(Attempt attempt, StatusUpdate update) {
    ObjectNode details =
        Json.object()
            .put("avatar_id", avatar.value())
            .put("attempt", attempt.id().toString())
            .put("stage", update.stage().word())
            .put("message", update.message());
    WorkSummary work = update.work();
    work.branch().ifPresent(branch -> details.put("branch", branch.value()));
    work.base().ifPresent(commit -> details.put("base_commit", commit.value()));
    if (!work.steps().isEmpty()) {
      details.set("steps", steps(work.steps()));
    }
    work.commit().ifPresent(commit -> details.put("commit", commit.value()));
    work.changeRequest()
        .flatMap(ChangeRequestReport::url)
        .ifPresent(url -> details.put("change_request_url", url));
    if (work.tests().isPresent()) {
      details.set("tests", tests(work.tests().get()));
    } else if (update.finishedAt().isPresent()) {
      details.putNull("tests");
    }
    work.processControl().ifPresent(word -> details.put("process_control", word));
    details.put("started_at", update.startedAt().toString());
    update.finishedAt().ifPresent(instant -> details.put("finished_at", instant.toString()));
    update.failure().ifPresent(failure -> details.set("failure", failure(failure)));
    return details;
  }

  private static ArrayNode steps(List<StepReport> reports) {
    ArrayNode steps = Json.object().putArray("steps");
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
    return steps;
  }

  private static ObjectNode tests(TestReport report) {
    ObjectNode tests =
        Json.object()
            .put("command", report.command())
            .put("run", report.counts().run())
            .put("failed", report.counts().failed())
            .put("errors", report.counts().errors())
            .put("skipped", report.counts().skipped())
            .put("duration_ms", report.duration().toMillis());
    ArrayNode failures = tests.putArray("failures");
    for (TestReport.FailedTest test : report.failures()) {
      failures.addObject().put("name", test.name()).put("message", test.message());
    }
    report.baseline().ifPresent(names -> tests.set("baseline", baseline(names)));
    return tests;
  }

  private static ObjectNode baseline(BaselineComparison names) {
    ObjectNode node = Json.object();
    addNames(node, "new", names.added());
    addNames(node, "fixed", names.fixed());
    addNames(node, "pre_existing", names.preExisting());
    names.unnamed().ifPresent(kind -> node.put("unnamed", kind.word()));
    return node;
  }

  /** The number beside the names is that of all, also where not all are named. */
  private static void addNames(ObjectNode node, String key, BaselineComparison.Names names) {
    ArrayNode list = node.putArray(key);
    names.first().forEach(list::add);
    node.put(key + "_count", names.count());
  }

  private static ObjectNode failure(Failure failure) {
    ObjectNode node =
        Json.object()
            .put("stage", failure.stage().word())
            .put("kind", failure.kind().word())
            .put("message", failure.message());
    failure.exitCode().ifPresent(code -> node.put("exit_code", code));
    return node;
  }

  /** As the backend spelled it: a number where it looks like one. */
  private static void addEpoch(ObjectNode body, Attempt attempt) {
    Optional<String> epoch = attempt.lease().flatMap(Lease::epoch);
    if (epoch.isEmpty()) {
      return;
    }
    if (WHOLE_NUMBER.matcher(epoch.get()).matches()) {
      body.put("lease_epoch", Long.parseLong(epoch.get()));
    } else {
      body.put("lease_epoch", epoch.get());
    }
  }
}
