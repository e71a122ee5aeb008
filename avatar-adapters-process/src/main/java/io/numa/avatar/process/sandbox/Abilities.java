package io.numa.avatar.process.sandbox;

import static io.numa.avatar.task.FailureKind.SANDBOX_UNAVAILABLE;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.sandbox.Egress;
import io.numa.avatar.process.sandbox.cgroup.ControlGroup;
import io.numa.avatar.process.sandbox.cgroup.ControlGroups;
import io.numa.avatar.process.sandbox.settings.SandboxLimits;
import io.numa.avatar.task.sandbox.SandboxProfile;
import io.numa.avatar.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What this machine can do: looked at when it is first asked for, and again from time to time. Safe
 * for use by several threads; they wait for the one that looks.
 */
final class Abilities {
  private static final Duration FRESH = Duration.ofHours(1);

  private final Supplier<View> views;
  private final Supplier<Tools> toolbox;
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
  private boolean known;

  /** Whether what is known may be wrong. */
  private boolean stale;

  /**
   * @param views gives what commands see, always the same
   * @param toolbox gives the programs that sandboxes are made with
   * @param egress the way out, if there is one
   */
  Abilities(Supplier<View> views, Supplier<Tools> toolbox, Optional<Egress> egress) {
    this.views = views;
    this.toolbox = toolbox;
    this.egress = egress;
  }

  private void refresh() {
    if (!known || stale || TimeSource.SYSTEM.since(looked).compareTo(FRESH) > 0) {
      look();
    }
  }

  private void lookFirst() {
    if (!known) {
      look();
    }
  }

  private void look() {
    View view = views.get();
    Tools tools = toolbox.get();
    view.forget();
    var prober = new Prober(view);
    separate = prober.best(Stream.concat(Bubblewrap.all(tools), Unshared.all(tools)));
    reason = prober.reason();
    layered = separate.means().filter(prober::layers).isPresent();
    boolean contained = prober.contains(tools);
    landlock = prober.restricted(restricted(view, tools, contained, true));
    process = prober.restricted(restricted(view, tools, contained, false));
    groups = tools.helper().path().map(ControlGroups::find).orElse(groups);
    if (groups.ready().isPresent()) {
      separate = separate.grouped();
      landlock = landlock.grouped();
      process = process.grouped();
    }
    looked = TimeSource.SYSTEM.nanoTime();
    known = true;
    stale = interrupted();
    triedEgress = false;
    egressReason = "";
  }

  private void tryEgress() {
    if (!triedEgress && separate.holds(Guarantee.EGRESS) && egress.isPresent()) {
      Means means = separate.means().orElseThrow();
      new Prober(views.get())
          .egressFailure(means, egress.get())
          .ifPresent(
              failure -> {
                egressReason = failure;
                separate = separate.without(Guarantee.EGRESS);
              });
    }
    triedEgress = true;
    stale |= interrupted();
  }

  /** An interrupt ends a try early, so that it finds out nothing. */
  private static boolean interrupted() {
    return Thread.currentThread().isInterrupted();
  }

  /** The strongest way for a profile. */
  synchronized Ability strongest(SandboxProfile profile) {
    if (profile == SandboxProfile.OFF) {
      return Ability.NONE;
    }
    refresh();
    if (profile == SandboxProfile.EGRESS) {
      tryEgress();
    }
    return profile == SandboxProfile.PROCESS
        ? process
        : Stream.of(separate, landlock, process)
            .filter(ability -> ability.means().isPresent())
            .findFirst()
            .orElse(Ability.NONE);
  }

  private static Stream<Means> restricted(
      View view, Tools tools, boolean contained, boolean files) {
    return Restricted.all(tools, view.settings().limits(), contained)
        .filter(means -> means.holds().contains(Guarantee.FILES) == files);
  }

  /** Whether layers over caches can be mounted. */
  synchronized boolean layered() {
    lookFirst();
    return layered;
  }

  /** What limits the processes of sandboxes together. */
  synchronized ControlGroups groups() {
    lookFirst();
    return groups;
  }

  /**
   * Makes a control group for a sandbox; empty where there are none.
   *
   * @throws PortException of kind {@code SANDBOX_UNAVAILABLE} if it cannot be made
   */
  Optional<ControlGroup> group(Means means) {
    return means.hasHelper() ? groups().ready().map(this::group) : Optional.empty();
  }

  private ControlGroup group(ControlGroups.Ready ready) {
    SandboxLimits limits = views.get().settings().limits();
    try {
      return ready.make(limits.processes(), limits.memory());
    } catch (IOException e) {
      forget();
      throw new PortException(
          SANDBOX_UNAVAILABLE, "could not make a control group: " + e.getMessage(), e);
    }
  }

  /** Lets the next call look again. */
  synchronized void forget() {
    stale = true;
  }

  /** What the operator can do to get more. */
  synchronized String advice() {
    lookFirst();
    if (!egressReason.isEmpty()) {
      return "the way out of sandboxes does not work here (" + egressReason + ")";
    }
    return toolbox.get().find("bwrap").isEmpty()
        ? "install the package bubblewrap"
        : "bubblewrap does not work here (" + reason + ")";
  }
}
