package io.numa.avatar.bridge;

import java.time.Duration;

/**
 * How a bridge polls.
 *
 * @param topic the topic's name
 * @param interval the time between two polls if the backend answers at once
 * @param hold how long the backend may hold a poll while there is no message
 */
public record BridgeSettings(String topic, Duration interval, Duration hold) {}
