package io.numa.avatar.port.repository;

import java.util.OptionalLong;

/**
 * The progress of a transfer.
 *
 * @param activity such as {@code Receiving objects}
 * @param total the total number of units, if known
 * @param bytes how many bytes were received since the transfer began
 */
public record TransferProgress(String activity, long done, OptionalLong total, long bytes) {}
