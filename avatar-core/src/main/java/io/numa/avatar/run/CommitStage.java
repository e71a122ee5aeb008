package io.numa.avatar.run;

import io.numa.avatar.port.repository.LocalCommit;
import io.numa.avatar.port.repository.StagedChange;
import io.numa.avatar.port.repository.Trailer;
import io.numa.avatar.run.text.CommitMessage;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.Task;

/** Commits a verified change. */
final class CommitStage {
  private final StageContext context;
  private final Assignment assignment;

  CommitStage(StageContext context, Assignment assignment) {
    this.context = context;
    this.assignment = assignment;
  }

  LocalCommit run(StagedChange change) {
    context.enter(Stage.COMMIT);
    if (context.settings().delivery() == RunSettings.Delivery.PUSH) {
      change.preparePush();
    }
    LocalCommit commit = change.commit(context.settings().redactor().redact(message().text()));
    if (context.settings().delivery() == RunSettings.Delivery.PUSH) {
      context.progress().committed(commit.id());
    }
    return commit;
  }

  private CommitMessage message() {
    Task task = assignment.task();
    CommitMessage message =
        CommitMessage.of(assignment.plan(), task)
            .withTrailer("Numa-Task", task.id().value())
            .withTrailer("Numa-Avatar", context.settings().avatar().value())
            .withTrailer("Numa-Attempt", context.attempt().id().toString());
    for (Trailer trailer :
        Proposal.trailers(context.environment(), task, assignment.application())) {
      message = message.withTrailerUnlessThere(trailer.key(), trailer.value());
    }
    return message;
  }
}
