package io.numa.avatar.cli.doctor;

import io.numa.avatar.backend.BackendProbe;
import io.numa.avatar.backend.settings.BackendApi;
import io.numa.avatar.cli.config.Configuration;
import io.numa.avatar.cli.console.RegistryText;
import io.numa.avatar.cli.wiring.Avatar;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.UnauthorizedException;
import io.numa.avatar.process.ProcessControl;
import io.numa.avatar.task.RepositoryUrl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The checks of {@code doctor}, in the order in which they run. */
public final class Doctor {
  /** With a larger offset, leases and the times in logs mislead the operator. */
  private static final Duration TOLERABLE_CLOCK_OFFSET = Duration.ofSeconds(30);

  private static final List<String> TOOLS =
      List.of("sh", "java", "mvn", "gradle", "npm", "python3", "go", "cargo", "dotnet", "make");

  private final Configuration configuration;
  private final Avatar avatar;
  private final Optional<RepositoryUrl> repository;
  private final ProgramSearch programs;
  private final Check agents;

  /**
   * @param agents checks the coding agents
   */
  public Doctor(
      Configuration configuration,
      Avatar avatar,
      Optional<RepositoryUrl> repository,
      ProgramSearch programs,
      AgentCheck agents) {
    this.configuration = configuration;
    this.avatar = avatar;
    this.repository = repository;
    this.programs = programs;
    this.agents = agents::run;
  }

  /** Makes one check and returns its results. */
  @FunctionalInterface
  public interface Check {
    List<CheckResult> run() throws InterruptedException;
  }

  public List<Check> checks() {
    return List.of(
        this::backend,
        this::queue,
        this::gitHosts,
        this::repository,
        this::signingKey,
        this::folders,
        this::processes,
        this::sandboxes,
        this::tools,
        agents,
        this::notices,
        this::fileNames);
  }

  private List<CheckResult> backend() throws InterruptedException {
    if (configuration.queue().isWhole()) {
      return List.of();
    }
    String subject = "backend " + configuration.backend().url().orElseThrow();
    try {
      BackendProbe.Health health =
          avatar.backend().probe().check(configuration.avatar().topicName());
      var results = new ArrayList<CheckResult>();
      results.add(CheckResult.good(subject, reached(health.api())));
      results.add(
          health
              .clockOffset()
              .map(Doctor::clock)
              .orElseGet(() -> CheckResult.doubtful("clock", "the backend sends no time")));
      if (health.api() == BackendApi.V1 && configuration.backend().assignedTo().isEmpty()) {
        results.add(CheckResult.doubtful("one avatar", BackendProbe.SHARED));
      }
      return results;
    } catch (UnauthorizedException e) {
      return List.of(CheckResult.refused(subject, e.getMessage()));
    } catch (PortException e) {
      return List.of(CheckResult.bad(subject, e.getMessage()));
    }
  }

  private List<CheckResult> queue() throws InterruptedException {
    return configuration.queue().isUsed()
        ? new QueueLayout(configuration.queue(), avatar.queueSettings()).check()
        : List.of();
  }

  private String reached(BackendApi api) {
    return api == BackendApi.V1
        ? "reachable, speaks /api/v1 (no topics, no logs, no details)"
        : "reachable, speaks /api/topics, token accepted, topic '"
            + configuration.avatar().topicName()
            + "' found";
  }

  private static CheckResult clock(Duration offset) {
    long seconds = offset.abs().toSeconds();
    String detail =
        seconds <= 1
            ? "agrees with the backend's"
            : seconds + (offset.isNegative() ? " s ahead of" : " s behind") + " the backend's";
    return offset.abs().compareTo(TOLERABLE_CLOCK_OFFSET) > 0
        ? CheckResult.doubtful("clock", detail + "; set this machine's clock by NTP")
        : CheckResult.good("clock", detail);
  }

  private List<CheckResult> gitHosts() {
    return Stream.concat(
            new GitHosts(avatar.gitSettings()).check().stream(),
            FollowUpHosts.check(configuration.git(), avatar.gitSettings()).stream())
        .toList();
  }

  private List<CheckResult> repository() throws InterruptedException {
    if (repository.isEmpty()) {
      return List.of();
    }
    String subject = "repository " + repository.get();
    try {
      int branches = avatar.repository().probe(repository.get()).branches();
      return List.of(
          CheckResult.good(
              subject, "readable, " + branches + (branches == 1 ? " branch" : " branches")));
    } catch (PortException e) {
      return List.of(CheckResult.bad(subject, e.getMessage()));
    }
  }

  private List<CheckResult> signingKey() {
    if (configuration.git().signingKey().isEmpty()) {
      return List.of();
    }
    String subject = "git.signing_key " + configuration.git().signingKey().get();
    try {
      avatar.repository().requireSigningKey();
      return List.of(CheckResult.good(subject, "can sign commits"));
    } catch (PortException e) {
      return List.of(CheckResult.bad(subject, e.getMessage()));
    }
  }

  private List<CheckResult> folders() {
    return WorkFolder.of(configuration.avatar()).stream().map(WorkFolder::check).toList();
  }

  private List<CheckResult> processes() {
    ProcessControl control = avatar.processControl();
    String detail = control.word() + ": ended " + control.description();
    return List.of(
        control == ProcessControl.PID_NAMESPACE
            ? CheckResult.good("processes", detail)
            : CheckResult.doubtful(
                "processes", detail + "; install bubblewrap, or allow user namespaces"));
  }

  private List<CheckResult> sandboxes() {
    var results = new ArrayList<>(new SandboxLevels(configuration, avatar.sandboxes()).run());
    avatar.registries().registries().stream()
        .map(registry -> CheckResult.good("sandbox", RegistryText.of(registry)))
        .forEach(results::add);
    avatar.registries().notes().stream()
        .map(note -> CheckResult.doubtful("sandbox.registries", note))
        .forEach(results::add);
    return results;
  }

  private List<CheckResult> tools() {
    var found = new ArrayList<String>();
    var missing = new ArrayList<String>();
    for (String tool : TOOLS) {
      (programs.find(tool).isPresent() ? found : missing).add(tool);
    }
    String detail = String.join(" ", found);
    return List.of(
        missing.isEmpty()
            ? CheckResult.good("tools", detail)
            : CheckResult.good(
                "tools",
                detail + "; projects that need others fail: " + String.join(" ", missing)));
  }

  /** Names who is told; to try it would tell them something. */
  private List<CheckResult> notices() {
    return configuration.receivers().stream()
        .map(
            entry ->
                CheckResult.good("notify", entry.words() + ": " + String.join(", ", entry.on())))
        .toList();
  }

  /** Java chooses the encoding of file names by the locale only. */
  private List<CheckResult> fileNames() {
    String encoding = System.getProperty("sun.jnu.encoding", "unknown");
    return List.of(
        encoding.equalsIgnoreCase("UTF-8")
            ? CheckResult.good("file names", "in UTF-8")
            : CheckResult.doubtful(
                "file names",
                "in " + encoding + ", so names beyond ASCII fail; start with LC_ALL=C.UTF-8"));
  }
}
