package io.numa.avatar.hexagonfixtures.avatar.worker;

import io.numa.avatar.http.Retries;

/** Breaks: HTTP calls are for adapters. */
record TriesAgain(Retries retries) {}
