package io.numa.avatar.hexagonfixtures.avatar.worker;

import io.numa.avatar.hexagonfixtures.avatar.backend.Telephone;

/** Breaks: only the runner sees adapters. */
record KnowsTheBackend(Telephone telephone) {}
