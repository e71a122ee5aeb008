package io.numa.avatar.hexagonfixtures.avatar.cli.command;

import io.numa.avatar.hexagonfixtures.avatar.git.internal.remote.Wire;

/** Breaks: an internal package is used only beside it. */
public record LooksInside(Wire wire) {}
