package io.numa.avatar.run;

import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.task.Application;
import io.numa.avatar.task.Task;

/** The work of an attempt: its task, the fetched application, and the plan. */
record Assignment(Task task, Application application, DevelopmentPlan plan) {}
