package io.numa.avatar.cli.command;

import io.numa.avatar.backend.BackendProbe;
import io.numa.avatar.cli.config.Configuration;
import io.numa.avatar.cli.wiring.Avatar;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.UnauthorizedException;
import io.numa.avatar.process.ProcessControl;
import io.numa.avatar.task.RepositoryUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The checks of {@code doctor}, in the order they are made. */
final class Examination {
  /** Beyond this, leases and times in logs become misleading. */
  private static final Duration TOLERABLE_CLOCK_OFFSET = Duration.ofSeconds(30);

  private static final long LITTLE_DISK = 1_000_000_000L;
  private static final List<String> TOOLS =
      List.of("sh", "java", "mvn", "gradle", "npm", "python3", "go", "cargo", "dotnet", "make");

  private final Configuration configuration;
  private final Avatar avatar;
  private final Optional<RepositoryUrl> repository;
  private final String searchPath;

  /**
   * @param searchPath where commands are found, as in {@code PATH}
   */
  Examination(
      Configuration configuration,
      Avatar avatar,
      Optional<RepositoryUrl> repository,
      String searchPath) {
    this.configuration = configuration;
    this.avatar = avatar;
    this.repository = repository;
    this.searchPath = searchPath;
  }

  /** Makes one check and gives what it found. */
  @FunctionalInterface
  interface Check {
    List<Finding> run() throws InterruptedException;
  }

  List<Check> checks() {
    return List.of(
        this::backend,
        this::gitHosts,
        this::repository,
        () -> SigningCheck.find(configuration.git().features(), avatar),
        this::folders,
        this::processes,
        this::tools,
        this::fileNames);
  }

  private List<Finding> backend() throws InterruptedException {
    String subject = "backend " + configuration.backend().orElseThrow().url();
    try {
      BackendProbe.Health health =
          avatar.backend().probe().check(configuration.avatar().topicName());
      return List.of(
          Finding.good(
              subject,
              "reachable, token accepted, topic '"
                  + configuration.avatar().topicName()
                  + "' found"),
          health
              .clockOffset()
              .map(Examination::clock)
              .orElseGet(() -> Finding.doubtful("clock", "the backend tells no time")));
    } catch (UnauthorizedException e) {
      return List.of(Finding.refused(subject, e.getMessage()));
    } catch (PortException e) {
      return List.of(Finding.bad(subject, e.getMessage()));
    }
  }

  private static Finding clock(Duration offset) {
    long seconds = offset.abs().toSeconds();
    String detail =
        seconds <= 1
            ? "agrees with the backend's"
            : seconds + (offset.isNegative() ? " s ahead of" : " s behind") + " the backend's";
    return offset.abs().compareTo(TOLERABLE_CLOCK_OFFSET) > 0
        ? Finding.doubtful("clock", detail + "; set this machine's clock by NTP")
        : Finding.good("clock", detail);
  }

  private List<Finding> gitHosts() {
    return new GitHosts(avatar.gitSettings()).findings();
  }

  private List<Finding> repository() throws InterruptedException {
    if (repository.isEmpty()) {
      return List.of();
    }
    String subject = "repository " + repository.get();
    try {
      int branches = avatar.repository().probe(repository.get()).branches();
      return List.of(
          Finding.good(
              subject, "readable, " + branches + (branches == 1 ? " branch" : " branches")));
    } catch (PortException e) {
      return List.of(Finding.bad(subject, e.getMessage()));
    }
  }

  private List<Finding> folders() {
    return Stream.of(
            folder("workspace", configuration.avatar().workspace()),
            folder("state_dir", configuration.avatar().stateDir()),
            folder("log_dir", configuration.avatar().logDir()))
        .toList();
  }

  private static Finding folder(String key, Path folder) {
    String subject = "avatar." + key + " " + folder;
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, "doctor", ""));
      long free = Files.getFileStore(folder).getUsableSpace();
      String detail = String.format(Locale.ROOT, "writable, %.1f GB free", free / 1e9);
      return free < LITTLE_DISK
          ? Finding.doubtful(subject, detail + "; that may not do")
          : Finding.good(subject, detail);
    } catch (IOException e) {
      return Finding.bad(subject, "cannot be written: " + e + "; check owner and mode");
    }
  }

  private List<Finding> processes() {
    ProcessControl control = avatar.processControl();
    String detail = control.word() + ": ended " + control.description();
    return List.of(
        control == ProcessControl.PID_NAMESPACE
            ? Finding.good("processes", detail)
            : Finding.doubtful(
                "processes", detail + "; install bubblewrap, or allow user namespaces"));
  }

  private List<Finding> tools() {
    var found = new ArrayList<String>();
    var missing = new ArrayList<String>();
    for (String tool : TOOLS) {
      (onPath(tool) ? found : missing).add(tool);
    }
    String detail = String.join(" ", found);
    return List.of(
        missing.isEmpty()
            ? Finding.good("tools", detail)
            : Finding.good(
                "tools",
                detail + "; projects that need others fail: " + String.join(" ", missing)));
  }

  private boolean onPath(String tool) {
    return Stream.of(searchPath.split(":"))
        .filter(folder -> !folder.isEmpty())
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
  }

  /** Java takes the encoding of file names from the locale alone. */
  private List<Finding> fileNames() {
    String encoding = System.getProperty("sun.jnu.encoding", "unknown");
    return List.of(
        encoding.equalsIgnoreCase("UTF-8")
            ? Finding.good("file names", "in UTF-8")
            : Finding.doubtful(
                "file names",
                "in " + encoding + ", so others than ASCII fail; start with LC_ALL=C.UTF-8"));
  }
}
