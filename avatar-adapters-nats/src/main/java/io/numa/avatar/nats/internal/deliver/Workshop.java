package io.numa.avatar.nats.internal.deliver;

import io.numa.avatar.nats.internal.claim.Claims;
import io.numa.avatar.nats.settings.NatsSettings;
import io.numa.avatar.time.TimeSource;

/** What a delivery needs. */
record Workshop(
    NatsSettings settings,
    Claims claims,
    Acknowledgements acknowledgements,
    DeadLetters deadLetters,
    TimeSource time) {}
