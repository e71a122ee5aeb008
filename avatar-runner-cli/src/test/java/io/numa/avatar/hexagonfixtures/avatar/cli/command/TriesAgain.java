package io.numa.avatar.hexagonfixtures.avatar.cli.command;

import io.github.resilience4j.retry.Retry;

/** Breaks: retries of calls stay with the adapters that make them. */
record TriesAgain(Retry retry) {}
