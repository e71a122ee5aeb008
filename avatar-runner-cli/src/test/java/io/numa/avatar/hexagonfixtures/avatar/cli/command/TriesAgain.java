package io.numa.avatar.hexagonfixtures.avatar.cli.command;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;

/** Breaks: circuit breakers stay with the module for HTTP calls. */
record TriesAgain(CircuitBreaker breaker) {}
