package io.numa.avatar.process.sandbox;

import static io.numa.avatar.task.sandbox.SandboxProfile.ISOLATED;
import static io.numa.avatar.task.sandbox.SandboxProfile.OFF;

import io.numa.avatar.task.sandbox.SandboxProfile;
import io.numa.avatar.time.TimeSource;
import java.time.Duration;

/** What this machine can do, looked at again from time to time. Safe for use by several threads. */
final class Abilities {
  private static final Duration FRESH = Duration.ofHours(1);

  private final View view;
  private final Tools tools;

  private Ability separate = Ability.NONE;
  private String reason = "";
  private long looked;
  private boolean stale;

  /** Looks at once. */
  Abilities(View view, Tools tools) {
    this.view = view;
    this.tools = tools;
    look();
  }

  private synchronized void look() {
    view.forget();
    var prober = new Prober(view);
    separate = prober.best(Bubblewrap.all(tools));
    reason = prober.reason();
    looked = TimeSource.SYSTEM.nanoTime();
    stale = false;
  }

  /** The strongest way for a profile. */
  synchronized Ability strongest(SandboxProfile profile) {
    if (stale || TimeSource.SYSTEM.since(looked).compareTo(FRESH) > 0) {
      look();
    }
    if (profile == OFF) {
      return Ability.NONE;
    }
    return profile.compareTo(ISOLATED) < 0 ? Ability.NONE : separate;
  }

  /** Lets the next call look again. */
  synchronized void forget() {
    stale = true;
  }

  /** What the operator can do to get more. */
  synchronized String advice() {
    return tools.find("bwrap").isEmpty()
        ? "install the package bubblewrap"
        : "bubblewrap does not work here (" + reason + ")";
  }
}
