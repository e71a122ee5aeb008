package io.numa.avatar.hexagonfixtures.avatar.cli.command;

import com.google.inject.Injector;

/** Breaks: Guice only wires. */
record LooksUp(Injector injector) {}
