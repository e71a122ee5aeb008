package io.numa.avatar.port.journal;

import io.numa.avatar.task.ApplicationId;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.TaskId;

/**
 * A change request that this avatar has opened and looks after.
 *
 * @param url its web address
 * @param task the task that it was opened for
 * @param application the application of that task
 * @param title the title of that task, on one line and without secrets
 */
public record WatchedChange(
    String url,
    TaskId task,
    ApplicationId application,
    String title,
    RepositoryUrl repository,
    BranchName branch,
    BranchName target) {}
