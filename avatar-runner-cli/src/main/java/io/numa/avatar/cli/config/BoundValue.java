package io.numa.avatar.cli.config;

import io.numa.avatar.cli.config.value.Origin;

/** The value of a key, and its source. */
record BoundValue(Object value, Origin origin) {}
