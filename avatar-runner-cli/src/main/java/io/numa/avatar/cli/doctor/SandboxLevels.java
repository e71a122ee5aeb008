package io.numa.avatar.cli.doctor;

import io.numa.avatar.cli.config.Configuration;
import io.numa.avatar.port.sandbox.HostAndPort;
import io.numa.avatar.port.sandbox.SandboxLevel;
import io.numa.avatar.port.sandbox.WorkKind;
import io.numa.avatar.process.sandbox.Guarantee;
import io.numa.avatar.process.sandbox.LocalSandboxes;
import io.numa.avatar.run.text.SandboxText;
import io.numa.avatar.task.sandbox.SandboxProfile;
import io.numa.avatar.task.sandbox.SandboxReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Checks what sandboxes hold here, for each kind of work and for each guarantee. */
final class SandboxLevels {
  private static final Set<String> GIT_HOSTS =
      Set.of("github.com", "gitlab.com", "gitee.com", "bitbucket.org", "codeberg.org");

  private final Configuration configuration;
  private final LocalSandboxes sandboxes;

  SandboxLevels(Configuration configuration, LocalSandboxes sandboxes) {
    this.configuration = configuration;
    this.sandboxes = sandboxes;
  }

  List<CheckResult> run() {
    var results = new ArrayList<CheckResult>();
    user().ifPresent(results::add);
    var reports = new TreeMap<SandboxProfile, SandboxReport>();
    for (WorkKind kind : WorkKind.values()) {
      SandboxLevel level = sandboxes.level(kind, Optional.empty());
      results.add(kind(kind, level));
      reports.put(level.report().profile(), level.report());
    }
    if (reports.lastKey() != SandboxProfile.OFF) {
      results.addAll(guarantees(reports.lastEntry().getValue()));
    }
    configuration.sandbox().allow().stream()
        .filter(this::isGitHost)
        .map(
            host ->
                CheckResult.doubtful(
                    "sandbox.allow " + host,
                    "is a Git host: what runs in a" + " sandbox can send code there"))
        .forEach(results::add);
    return results;
  }

  private static Optional<CheckResult> user() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)
          ? Optional.of(
              CheckResult.bad(
                  "user",
                  "the avatar runs as root, whom sandboxes hold less well; run it as a user of its"
                      + " own"))
          : Optional.empty();
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty(); // there are no such users here
    }
  }

  private CheckResult kind(WorkKind kind, SandboxLevel level) {
    String subject = "sandbox of " + kind.word();
    if (level.problem().isPresent()) {
      boolean wanted = kind != WorkKind.AGENT || !configuration.agents().available().isEmpty();
      String problem = level.problem().get();
      return wanted ? CheckResult.bad(subject, problem) : CheckResult.doubtful(subject, problem);
    }
    String text = SandboxText.of(level.report());
    if (level.report().profile() == SandboxProfile.OFF) {
      return CheckResult.doubtful(subject, text + ": it has all rights of the avatar's user");
    }
    return level.report().lacks().isEmpty()
        ? CheckResult.good(subject, text)
        : CheckResult.doubtful(subject, text);
  }

  private List<CheckResult> guarantees(SandboxReport report) {
    return Guarantee.promisedBy(report.profile()).stream()
        .map(guarantee -> guarantee(guarantee, report.lacks().contains(guarantee.word())))
        .toList();
  }

  private CheckResult guarantee(Guarantee guarantee, boolean lacks) {
    String subject = "sandbox " + guarantee.word().replace('_', ' ');
    return lacks
        ? CheckResult.doubtful(
            subject, "does not hold here: " + guarantee.meaning() + "; " + remedy(guarantee))
        : CheckResult.good(subject, guarantee.meaning() + by(guarantee));
  }

  private String remedy(Guarantee guarantee) {
    return switch (guarantee) {
      case MEMORY, PROCESS_COUNT ->
          sandboxes.limits() + sandboxes.noGroups().map(", as "::concat).orElse("");
      default -> sandboxes.advice();
    };
  }

  private String by(Guarantee guarantee) {
    return guarantee == Guarantee.MEMORY || guarantee == Guarantee.PROCESS_COUNT
        ? " (" + sandboxes.limits() + ")"
        : "";
  }

  private boolean isGitHost(HostAndPort allowed) {
    return GIT_HOSTS.contains(allowed.host())
        || configuration.git().credentials().stream()
            .anyMatch(credential -> credential.hostName().equals(allowed.host()));
  }
}
