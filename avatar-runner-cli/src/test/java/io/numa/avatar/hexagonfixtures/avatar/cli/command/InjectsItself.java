package io.numa.avatar.hexagonfixtures.avatar.cli.command;

import jakarta.inject.Inject;

/** Breaks: Guice only wires, by the annotation alone. */
final class InjectsItself {
  @Inject
  InjectsItself() {}
}
