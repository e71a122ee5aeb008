package io.numa.avatar.operation;

import io.numa.avatar.task.AttemptId;

/**
 * A part of an attempt's log, without secrets. Colours of commands are still in it; other control
 * sequences are not.
 *
 * @param attempt whose log it is
 * @param offset where the text begins in the log, in bytes
 * @param next where the following part begins, in bytes
 * @param size how many bytes of the log can be read now
 * @param open whether the log may still grow
 */
public record LogPart(
    AttemptId attempt, long offset, long next, long size, boolean open, String text) {}
