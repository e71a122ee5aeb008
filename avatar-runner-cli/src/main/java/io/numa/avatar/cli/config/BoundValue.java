package io.numa.avatar.cli.config;

/** The value of a key, and where it was given. */
record BoundValue(Object value, Origin origin) {}
