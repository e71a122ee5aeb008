package io.numa.avatar.hexagonfixtures.avatar.worker;

import io.opentelemetry.api.trace.Span;

/** Breaks: traces stay with telemetry. */
record TracesItself(Span span) {}
