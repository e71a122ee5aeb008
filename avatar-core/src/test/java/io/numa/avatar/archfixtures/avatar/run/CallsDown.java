package io.numa.avatar.archfixtures.avatar.run;

import io.numa.avatar.archfixtures.avatar.run.log.CallsBackUp;
import java.util.Optional;

/** Breaks, with {@link CallsBackUp}: packages have no cycles, below {@code run} either. */
public record CallsDown(Optional<CallsBackUp> below) {}
