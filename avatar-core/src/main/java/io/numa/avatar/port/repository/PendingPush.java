package io.numa.avatar.port.repository;

import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.RepositoryUrl;

/** A commit, and where it is to be pushed. */
public record PendingPush(RepositoryUrl repository, BranchName branch, CommitId commit) {}
