package io.numa.avatar.port.repository;

import java.util.OptionalLong;

/**
 * How far a transfer is.
 *
 * @param activity such as {@code Receiving objects}
 * @param total how many units there are to do, where that is known
 * @param bytes received since the transfer began
 */
public record TransferProgress(String activity, long done, OptionalLong total, long bytes) {}
