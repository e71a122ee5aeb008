package io.numa.avatar.hexagonfixtures.avatar.journal;

import io.numa.avatar.hexagonfixtures.avatar.backend.Telephone;

/** Breaks: adapters never see each other. */
record AsksTheBackend(Telephone telephone) {}
