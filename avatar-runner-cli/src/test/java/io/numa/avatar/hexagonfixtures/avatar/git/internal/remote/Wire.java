package io.numa.avatar.hexagonfixtures.avatar.git.internal.remote;

/** Is public only because the Git adapter's other packages need it. */
public record Wire() {}
