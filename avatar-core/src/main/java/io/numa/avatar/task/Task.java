package io.numa.avatar.task;

import io.numa.avatar.plan.PlanSource;
import java.util.Optional;

/**
 * A piece of development work, as the backend has it at one moment.
 *
 * @param branch where the work goes; {@code dev-<id>} where the task names none
 * @param base where a new branch starts; the application or the remote decides where it is empty
 */
public record Task(
    TaskId id,
    String title,
    TaskState state,
    ApplicationId application,
    BranchName branch,
    Optional<BranchName> base,
    PlanSource plan,
    TaskOptions options) {}
