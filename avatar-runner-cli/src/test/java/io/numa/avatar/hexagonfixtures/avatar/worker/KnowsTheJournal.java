package io.numa.avatar.hexagonfixtures.avatar.worker;

import io.numa.avatar.hexagonfixtures.avatar.journal.Diary;

/** Breaks: only the runner sees adapters. */
record KnowsTheJournal(Diary diary) {}
