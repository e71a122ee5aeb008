package io.numa.avatar.run;

import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.task.Application;
import io.numa.avatar.task.Task;

/** What an attempt is to do: its task, and what was fetched and read for it. */
record Assignment(Task task, Application application, DevelopmentPlan plan) {}
