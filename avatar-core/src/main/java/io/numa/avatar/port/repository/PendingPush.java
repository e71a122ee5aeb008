package io.numa.avatar.port.repository;

import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.RepositoryUrl;

/** A commit, and the destination of its push. */
public record PendingPush(RepositoryUrl repository, BranchName branch, CommitId commit) {}
