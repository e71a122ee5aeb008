package io.numa.avatar.hexagonfixtures.avatar.cli.command;

import io.numa.avatar.hexagonfixtures.avatar.testkit.Toy;

/** Breaks: the testkit is for the demo. */
record PlaysAtWork(Toy toy) {}
