package io.numa.avatar.run.report;

import io.numa.avatar.run.log.RunLog;

/**
 * An attempt's log, and the size of the batches in which it is sent.
 *
 * @param size shared by all attempts
 */
public record LogToSend(RunLog text, BatchSize size) {}
