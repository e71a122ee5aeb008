package io.numa.avatar.archfixtures.avatar.worker;

import io.numa.avatar.archfixtures.avatar.run.log.CallsBackUp;

/** Breaks: the packages below {@code run} are called from {@code run} alone. */
public record OpensARoom(CallsBackUp room) {}
