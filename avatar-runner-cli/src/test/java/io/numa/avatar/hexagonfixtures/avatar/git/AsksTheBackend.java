package io.numa.avatar.hexagonfixtures.avatar.git;

import io.numa.avatar.hexagonfixtures.avatar.backend.Telephone;

/** Breaks: adapters never see each other. */
record AsksTheBackend(Telephone telephone) {}
