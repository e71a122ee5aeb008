package io.numa.avatar.server;

import io.numa.avatar.operation.Controls;
import io.numa.avatar.operation.OperationEvents;
import io.numa.avatar.operation.Overview;
import java.util.function.Supplier;

/**
 * The avatar that a server shows.
 *
 * @param metrics gives the metrics in Prometheus' text format
 */
public record ServedAvatar(
    Overview overview, Controls controls, OperationEvents events, Supplier<String> metrics) {}
