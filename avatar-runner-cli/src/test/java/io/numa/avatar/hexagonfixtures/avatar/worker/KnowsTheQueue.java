package io.numa.avatar.hexagonfixtures.avatar.worker;

import io.numa.avatar.nats.NatsQueue;

/** Breaks: adapters are seen by the runner alone. */
record KnowsTheQueue(NatsQueue queue) {}
