package io.numa.avatar.hexagonfixtures.avatar.worker;

import io.nats.client.Connection;

/** Breaks: NATS stays with its queue. */
record ConnectsItself(Connection connection) {}
