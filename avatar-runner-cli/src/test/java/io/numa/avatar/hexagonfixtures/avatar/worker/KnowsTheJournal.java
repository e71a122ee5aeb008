package io.numa.avatar.hexagonfixtures.avatar.worker;

import io.numa.avatar.hexagonfixtures.avatar.journal.Diary;

/** Breaks: adapters are seen by the runner alone. */
record KnowsTheJournal(Diary diary) {}
