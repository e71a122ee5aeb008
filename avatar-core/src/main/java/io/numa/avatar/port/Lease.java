package io.numa.avatar.port;

import java.time.Duration;
import java.util.Optional;

/**
 * The right of one avatar to work on a task. It ends unless the avatar renews it.
 *
 * @param duration how long it lasts, from the moment when the request was sent
 * @param epoch the token that every later write of the attempt must carry, as the backend spelled
 *     it
 */
public record Lease(Duration duration, Optional<String> epoch) {}
