package io.numa.avatar.hexagonfixtures.avatar.cli.command;

import org.sqlite.SQLiteConfig;

/** Breaks: the database stays with the journal. */
record LooksIntoTheFile(SQLiteConfig config) {}
