package io.numa.avatar.hexagonfixtures.avatar.cli.command;

import io.github.resilience4j.retry.Retry;

/** Breaks: retries stay with the module for HTTP calls. */
record TriesAgain(Retry retry) {}
