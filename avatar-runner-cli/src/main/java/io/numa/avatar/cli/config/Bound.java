package io.numa.avatar.cli.config;

/** The value that holds for a key, and where it was given. */
record Bound<T>(T value, Origin origin) {}
