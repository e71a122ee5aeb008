package io.numa.avatar.archfixtures.avatar.task;

import io.numa.avatar.archfixtures.avatar.plan.RunsInCircles;
import java.util.Optional;

/** Breaks, with {@link RunsInCircles}: packages have no cycles. */
public record ComesBack(Optional<RunsInCircles> other) {
  static ComesBack around(RunsInCircles other) {
    return new ComesBack(Optional.of(other));
  }
}
