package io.numa.avatar.task;

import io.numa.avatar.plan.TestCommand;
import java.util.Optional;

/** The project that a task belongs to, and where its code is. */
public record Application(
    ApplicationId id,
    String name,
    RepositoryUrl repository,
    Optional<BranchName> defaultBranch,
    Optional<TestCommand> test) {}
