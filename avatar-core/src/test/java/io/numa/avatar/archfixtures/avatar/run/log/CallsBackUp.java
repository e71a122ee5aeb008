package io.numa.avatar.archfixtures.avatar.run.log;

import io.numa.avatar.archfixtures.avatar.run.CallsDown;

/** Breaks, with {@link CallsDown}: packages have no cycles, below {@code run} either. */
public record CallsBackUp(CallsDown caller) {}
