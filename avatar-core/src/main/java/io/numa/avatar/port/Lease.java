package io.numa.avatar.port;

import java.time.Duration;
import java.util.Optional;

/**
 * A right to a task that ends unless it is renewed.
 *
 * @param duration from the moment the question was sent
 * @param epoch what every later write of the attempt must carry, as the backend spelled it
 */
public record Lease(Duration duration, Optional<String> epoch) {}
