package io.numa.avatar.archfixtures.avatar.plan;

import io.numa.avatar.archfixtures.avatar.task.ComesBack;

/** Breaks, with {@link ComesBack}: packages have no cycles. */
public record RunsInCircles(ComesBack other) {}
