package io.numa.avatar.run;

import java.time.Clock;

/** What the runs of one avatar share. */
record RunEnvironment(
    Ports ports,
    RunSettings settings,
    RunListener listener,
    Clock clock,
    BranchTurns turns,
    Baselines baselines) {}
