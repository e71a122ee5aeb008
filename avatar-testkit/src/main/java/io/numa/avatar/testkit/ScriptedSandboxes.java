package io.numa.avatar.testkit;

import io.numa.avatar.port.sandbox.SandboxLevel;
import io.numa.avatar.port.sandbox.Sandboxes;
import io.numa.avatar.port.sandbox.WorkKind;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.sandbox.RefusedHost;
import io.numa.avatar.task.sandbox.SandboxProfile;
import io.numa.avatar.task.sandbox.SandboxReport;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells of sandboxes as a test says; at first every kind of work has the whole {@code egress}. It
 * holds nothing.
 */
public final class ScriptedSandboxes implements Sandboxes {
  /** What every kind of work has at first. */
  public static final SandboxReport WHOLE =
      new SandboxReport(SandboxProfile.EGRESS, "bubblewrap", List.of(), List.of());

  private final Map<WorkKind, SandboxLevel> levels = new EnumMap<>(WorkKind.class);
  private final Map<RepositoryUrl, SandboxLevel> exceptions = new HashMap<>();
  private final List<RefusedHost> refused = new ArrayList<>();
  private Runnable preparation = () -> {};

  /** Gives a kind of work another sandbox. */
  public synchronized ScriptedSandboxes with(WorkKind kind, SandboxReport report) {
    levels.put(kind, new SandboxLevel(report, Optional.empty()));
    return this;
  }

  /** Does {@code action} whenever it is prepared for a task. */
  public synchronized ScriptedSandboxes preparing(Runnable action) {
    preparation = action;
    return this;
  }

  @Override
  public synchronized void prepare() {
    preparation.run();
  }

  /** Lets a kind of work lack the sandbox that the operator demands. */
  public synchronized ScriptedSandboxes lacking(WorkKind kind, String problem) {
    levels.put(kind, new SandboxLevel(WHOLE, Optional.of(problem)));
    return this;
  }

  /** Lets all work on a repository lack the sandbox that the operator demands. */
  public synchronized ScriptedSandboxes lacking(RepositoryUrl repository, String problem) {
    exceptions.put(repository, new SandboxLevel(WHOLE, Optional.of(problem)));
    return this;
  }

  /** Gives all kinds of work the whole {@code egress} again. */
  public synchronized void mend() {
    levels.clear();
    exceptions.clear();
  }

  /** Tells of a host that processes of every attempt were refused. */
  public synchronized void refuse(String host, int port) {
    refused.removeIf(each -> each.host().equals(host) && each.port() == port);
    refused.add(new RefusedHost(host, port, 1));
  }

  @Override
  public synchronized SandboxLevel level(WorkKind kind, Optional<RepositoryUrl> repository) {
    return repository
        .map(exceptions::get)
        .orElseGet(() -> levels.getOrDefault(kind, new SandboxLevel(WHOLE, Optional.empty())));
  }

  @Override
  public synchronized List<RefusedHost> refused(AttemptId attempt) {
    return List.copyOf(refused);
  }
}
