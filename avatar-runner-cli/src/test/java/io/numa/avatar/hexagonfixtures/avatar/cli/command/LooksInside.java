package io.numa.avatar.hexagonfixtures.avatar.cli.command;

import io.numa.avatar.hexagonfixtures.avatar.git.internal.remote.Wire;

/** Breaks: only neighbouring packages use an internal package. */
public record LooksInside(Wire wire) {}
