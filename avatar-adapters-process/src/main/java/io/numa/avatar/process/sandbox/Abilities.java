package io.numa.avatar.process.sandbox;

import io.numa.avatar.port.sandbox.Egress;
import io.numa.avatar.process.sandbox.cgroup.ControlGroups;
import io.numa.avatar.task.sandbox.SandboxProfile;
import io.numa.avatar.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** What this machine can do, looked at again from time to time. Safe for use by several threads. */
final class Abilities {
  private static final Duration FRESH = Duration.ofHours(1);

  private final View view;
  private final Tools tools;
  private final Optional<Egress> egress;

  private Ability separate = Ability.NONE;
  private Ability landlock = Ability.NONE;
  private Ability process = Ability.NONE;
  private ControlGroups groups = new ControlGroups.Missing("there is no helper");
  private boolean layered;
  private String reason = "";

  /** Whether the way out was tried since the last look, as only one profile needs it. */
  private boolean triedEgress;

  private String egressReason = "";
  private long looked;
  private boolean stale;

  /**
   * Looks at once.
   *
   * @param egress the way out, if there is one
   */
  Abilities(View view, Tools tools, Optional<Egress> egress) {
    this.view = view;
    this.tools = tools;
    this.egress = egress;
    look();
  }

  private synchronized void look() {
    view.forget();
    var prober = new Prober(view);
    separate = prober.best(Stream.concat(Bubblewrap.all(tools), Unshared.all(tools)));
    reason = prober.reason();
    layered = separate.means().filter(prober::layers).isPresent();
    boolean contained = prober.contains(tools);
    landlock = prober.restricted(restricted(contained, true));
    process = prober.restricted(restricted(contained, false));
    groups = tools.helper().path().map(ControlGroups::find).orElse(groups);
    if (groups.ready().isPresent()) {
      separate = separate.grouped();
      landlock = landlock.grouped();
      process = process.grouped();
    }
    looked = TimeSource.SYSTEM.nanoTime();
    stale = false;
    triedEgress = false;
    egressReason = "";
  }

  private void tryEgress() {
    if (!triedEgress && separate.holds(Guarantee.EGRESS) && egress.isPresent()) {
      Means means = separate.means().orElseThrow();
      new Prober(view)
          .egressFailure(means, egress.get())
          .ifPresent(
              failure -> {
                egressReason = failure;
                separate = separate.without(Guarantee.EGRESS);
              });
    }
    triedEgress = true;
  }

  /** The strongest way for a profile. */
  synchronized Ability strongest(SandboxProfile profile) {
    if (stale || TimeSource.SYSTEM.since(looked).compareTo(FRESH) > 0) {
      look();
    }
    if (profile == SandboxProfile.EGRESS) {
      tryEgress();
    }
    return switch (profile) {
      case OFF -> Ability.NONE;
      case PROCESS -> process;
      default ->
          Stream.of(separate, landlock, process)
              .filter(ability -> ability.means().isPresent())
              .findFirst()
              .orElse(Ability.NONE);
    };
  }

  private Stream<Means> restricted(boolean contained, boolean files) {
    return Restricted.all(tools, view.settings().limits(), contained)
        .filter(means -> means.holds().contains(Guarantee.FILES) == files);
  }

  /** Whether layers over caches can be mounted. */
  synchronized boolean layered() {
    return layered;
  }

  /** What limits the processes of sandboxes together. */
  synchronized ControlGroups groups() {
    return groups;
  }

  /** Lets the next call look again. */
  synchronized void forget() {
    stale = true;
  }

  /** What the operator can do to get more. */
  synchronized String advice() {
    if (!egressReason.isEmpty()) {
      return "the way out of sandboxes does not work here (" + egressReason + ")";
    }
    return tools.find("bwrap").isEmpty()
        ? "install the package bubblewrap"
        : "bubblewrap does not work here (" + reason + ")";
  }
}
