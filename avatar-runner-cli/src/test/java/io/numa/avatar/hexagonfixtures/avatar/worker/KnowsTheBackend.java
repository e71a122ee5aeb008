package io.numa.avatar.hexagonfixtures.avatar.worker;

import io.numa.avatar.hexagonfixtures.avatar.backend.Telephone;

/** Breaks: adapters are seen by the runner alone. */
record KnowsTheBackend(Telephone telephone) {}
