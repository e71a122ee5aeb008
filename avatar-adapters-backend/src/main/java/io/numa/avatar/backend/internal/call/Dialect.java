package io.numa.avatar.backend.internal.call;

import io.numa.avatar.port.MessageSource;
import io.numa.avatar.port.StatusReporter;
import io.numa.avatar.port.TaskSource;

/** The ports to a backend, in one of its Web APIs. */
public record Dialect(MessageSource messages, TaskSource tasks, StatusReporter statuses) {}
