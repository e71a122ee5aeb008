package io.numa.avatar.backend.plan;

import io.numa.avatar.document.Key;
import io.numa.avatar.plan.ReviewPolicy;
import io.numa.avatar.plan.ReviewPolicy.Action;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The review of a change as written, in a plan or a project file. */
record ReviewDocument(
    @Key(
            "The coding agent that reviews the change. Has no effect where the configuration names"
                + " one. Default: another agent than the task's own, if there is one.")
        @Text(value = Text.NOT_BLANK, otherwise = "is blank")
        @Nullable String agent,
    @Key(
            "What follows from its findings: report, repair or fail. Raises the configured action,"
                + " and never lowers it. Default: report.")
        @Nullable Action action) {
  /** Its policy; a review of which nothing more is said is one that reports. */
  ReviewPolicy policy() {
    Action said = agent == null && action == null ? Action.REPORT : action;
    return new ReviewPolicy(Optional.ofNullable(agent), Optional.ofNullable(said));
  }
}
