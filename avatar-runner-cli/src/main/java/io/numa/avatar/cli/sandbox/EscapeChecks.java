package io.numa.avatar.cli.sandbox;

import java.util.List;
import java.util.stream.Stream;

/** The catalogue of the ways out of a sandbox. */
public final class EscapeChecks {
  /** All checks, in the order in which they are tried. */
  public static final List<EscapeCheck> ALL =
      Stream.of(
              ReadingEscapes.ALL,
              WritingEscapes.ALL,
              ProcessEscapes.ALL,
              KernelEscapes.ALL,
              NetworkEscapes.ALL,
              LimitEscapes.ALL)
          .flatMap(List::stream)
          .toList();

  private EscapeChecks() {}
}
