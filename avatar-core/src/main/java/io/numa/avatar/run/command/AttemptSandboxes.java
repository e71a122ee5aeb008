package io.numa.avatar.run.command;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.sandbox.HostAndPort;
import io.numa.avatar.port.sandbox.SandboxLevel;
import io.numa.avatar.port.sandbox.SandboxSite;
import io.numa.avatar.port.sandbox.Sandboxes;
import io.numa.avatar.port.sandbox.WorkKind;
import io.numa.avatar.run.text.SandboxText;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.sandbox.RefusedHost;
import io.numa.avatar.task.sandbox.SandboxReport;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The sandboxes of an attempt: checks that they hold what the operator demands, and tells which
 * they are and which hosts they refused. Used by the attempt's thread only.
 */
public final class AttemptSandboxes {
  private final Sandboxes sandboxes;
  private final WorkPlace place;
  private final AttemptId attempt;
  private final Consumer<String> log;
  private final Consumer<SandboxReport> told;
  private final Set<WorkKind> known = EnumSet.noneOf(WorkKind.class);
  private final Set<HostAndPort> refused = new HashSet<>();
  private Optional<SandboxReport> report = Optional.empty();

  /**
   * @param log receives lines for the task's log
   * @param told receives each new report, with the weakest of the sandboxes so far
   */
  public AttemptSandboxes(
      Sandboxes sandboxes,
      WorkPlace place,
      AttemptId attempt,
      Consumer<String> log,
      Consumer<SandboxReport> told) {
    this.sandboxes = sandboxes;
    this.place = place;
    this.attempt = attempt;
    this.log = log;
    this.told = told;
  }

  /**
   * The site of a command that is about to begin.
   *
   * @param directory where it starts
   * @throws PortException of kind {@code SANDBOX_UNAVAILABLE} if the operator's minimum is not met
   */
  SandboxSite ofCommand(Stage stage, Path directory) {
    return begun(place.ofCommand(stage, directory));
  }

  /** The site of a command that may begin later; empty if its sandbox does not hold enough. */
  Optional<SandboxSite> ofLaterCommand(Stage stage, Path directory) {
    SandboxSite site = place.ofCommand(stage, directory);
    return sandboxes.level(site.kind(), Optional.of(site.repository())).problem().isEmpty()
        ? Optional.of(site)
        : Optional.empty();
  }

  /**
   * The site of a coding agent that is about to begin.
   *
   * @throws PortException of kind {@code SANDBOX_UNAVAILABLE} if the operator's minimum is not met
   */
  public SandboxSite ofAgent() {
    return begun(place.ofAgent());
  }

  /**
   * The site of a coding agent that is about to review what is in a folder, and only reads it.
   *
   * @throws PortException of kind {@code SANDBOX_UNAVAILABLE} if the operator's minimum is not met
   */
  public SandboxSite ofReviewer(Path folder) {
    return begun(place.ofReviewer(folder));
  }

  private SandboxSite begun(SandboxSite site) {
    SandboxLevel level = sandboxes.level(site.kind(), Optional.of(site.repository()));
    if (level.problem().isPresent()) {
      throw new PortException(FailureKind.SANDBOX_UNAVAILABLE, level.problem().get());
    }
    if (known.add(site.kind())) {
      log.accept("sandbox: " + SandboxText.of(level.report()));
      if (report.filter(weakest -> !level.report().isWeakerThan(weakest)).isEmpty()) {
        tell(level.report());
      }
    }
    return site;
  }

  /** Tells of the hosts that were refused since the last report. */
  public void ended() {
    report.ifPresent(this::tell);
  }

  /** Logs each refused host once, and passes on the report if it is another one now. */
  private void tell(SandboxReport newest) {
    List<RefusedHost> all = sandboxes.refused(attempt);
    all.stream()
        .filter(host -> refused.add(new HostAndPort(host.host(), host.port())))
        .map(SandboxText::of)
        .forEach(log);
    SandboxReport next = newest.withRefused(all);
    if (!report.equals(Optional.of(next))) {
      report = Optional.of(next);
      told.accept(next);
    }
  }
}
