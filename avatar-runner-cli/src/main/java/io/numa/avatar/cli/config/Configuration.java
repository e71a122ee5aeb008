package io.numa.avatar.cli.config;

import io.numa.avatar.git.settings.HostingService;
import io.numa.avatar.git.settings.TokenSource;
import io.numa.avatar.plan.TestPolicy;
import io.numa.avatar.port.Secret;
import io.numa.avatar.task.TaskState;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * How an avatar is to work. Made by {@link ConfigLoader}, and valid as a whole: all paths are
 * absolute, all values in their ranges. What each key means and its default are in the reference
 * page, {@code docs/configuration.md}.
 *
 * @param backend present for {@link Purpose#RUN} and {@link Purpose#DOCTOR}; elsewhere where the
 *     configuration names one
 */
public record Configuration(
    Optional<Backend> backend,
    Git git,
    Avatar avatar,
    Logs logs,
    Polling polling,
    Execution execution,
    Guard guard,
    Workspace workspace,
    Cancellation cancellation,
    Status status,
    Shutdown shutdown) {

  /** The secrets in this configuration, for whoever keeps them out of logs. */
  public List<Secret> secrets() {
    return Stream.of(
            backend.flatMap(Backend::apiToken).stream(),
            git.credentials().stream().flatMap(Credential::secrets),
            git.features().signingKey().flatMap(SigningKey::passphrase).stream(),
            git.access().proxy().flatMap(Proxy::password).stream(),
            execution.secrets().stream())
        .flatMap(secrets -> secrets)
        .distinct()
        .toList();
  }

  /**
   * The Numa backend.
   *
   * @param url {@code http} or {@code https}, without a slash at the end
   * @param apiToken goes to no other machine over plain {@code http} unless the operator allowed it
   */
  public record Backend(URI url, Optional<Secret> apiToken) {}

  /**
   * Git.
   *
   * @param username of the commits' author, and over HTTP where no credential names another
   * @param credentials in the order of the file; the first that matches counts
   * @param timeout how long a server may stay silent
   * @param depth how many commits of a history are fetched; 0 for all
   * @param allowDefaultBranch whether tasks may push to the branch that HEAD points to
   */
  public record Git(
      String username,
      String email,
      List<Credential> credentials,
      Duration timeout,
      int depth,
      boolean allowDefaultBranch,
      ChangeRequests changeRequests,
      GitFeatures features,
      GitAccess access) {
    public Git {
      credentials = List.copyOf(credentials);
    }
  }

  /**
   * What is opened for people to merge what was pushed.
   *
   * @param mode {@code none}, {@code draft} or {@code ready}
   */
  public record ChangeRequests(String mode, List<String> labels, List<String> reviewers) {
    public ChangeRequests {
      labels = List.copyOf(labels);
      reviewers = List.copyOf(reviewers);
    }
  }

  /**
   * Which Git hosts may be talked to, and how they are reached.
   *
   * @param allowedUrls patterns of the only repositories that tasks may use
   * @param caFile certificates of authorities to trust beside the JDK's
   * @param proxy for HTTP and HTTPS
   */
  public record GitAccess(List<String> allowedUrls, Optional<Path> caFile, Optional<Proxy> proxy) {
    public GitAccess {
      allowedUrls = List.copyOf(allowedUrls);
    }
  }

  /**
   * An HTTP proxy.
   *
   * @param url {@code http://host:port}
   * @param username who goes through it, where it asks; given if the password is
   * @param except hosts that are reached without it
   */
  public record Proxy(
      URI url, Optional<String> username, Optional<Secret> password, List<String> except) {
    public Proxy {
      except = List.copyOf(except);
    }
  }

  /**
   * What is done with repositories beyond the plain run of fetch, commit and push.
   *
   * @param signingKey what commits are signed with
   * @param lfs whether files that LFS keeps are real files in the tree
   * @param submodules whether the files of submodules are in the tree
   * @param sparse the folders that are in the tree; all where there are none
   */
  public record GitFeatures(
      Optional<SigningKey> signingKey, boolean lfs, boolean submodules, List<String> sparse) {
    public GitFeatures {
      sparse = List.copyOf(sparse);
    }
  }

  /**
   * A private key that commits are signed with.
   *
   * @param format the key's kind in capitals; to be seen from the file when empty
   */
  public record SigningKey(Path file, Optional<String> format, Optional<Secret> passphrase) {}

  /**
   * How to sign in at a Git host.
   *
   * @param host in lower case
   * @param port the only one that this is for; any when empty
   * @param service what runs there, where it is said
   * @param token where a token or password for HTTP comes from, each time it is needed
   * @param secret what that was when the configuration was read; empty if a command gives it
   * @param api where and how change requests are asked for
   * @param allowInsecureHttp whether the secret may travel over plain HTTP beyond loopback
   */
  public record Credential(
      String host,
      OptionalInt port,
      Optional<HostingService> service,
      Optional<String> username,
      Optional<TokenSource> token,
      Optional<Secret> secret,
      Ssh ssh,
      Api api,
      boolean allowInsecureHttp) {

    private Stream<Secret> secrets() {
      return Stream.of(secret, ssh.passphrase(), api.token()).flatMap(Optional::stream);
    }
  }

  /**
   * A host's API.
   *
   * @param url found from the host where it is empty
   * @param token the secret for HTTP counts where it is empty
   */
  public record Api(Optional<URI> url, Optional<Secret> token) {}

  /**
   * How to sign in over SSH.
   *
   * @param key a file
   * @param agent whether the agent behind {@code SSH_AUTH_SOCK} is asked
   */
  public record Ssh(
      Optional<Path> key, Optional<Secret> passphrase, boolean agent, Optional<Path> knownHosts) {}

  /**
   * The avatar itself.
   *
   * @param workspace checkouts and mirrors; disposable
   * @param stateDir the journal; not disposable
   * @param concurrency at least 1
   */
  public record Avatar(
      String id,
      String name,
      Path workspace,
      Path stateDir,
      Path logDir,
      String topicName,
      int concurrency) {}

  /**
   * The avatar's own log, which is not that of its tasks.
   *
   * @param file where it goes as well as to the terminal
   * @param maxSize of one file, in bytes
   * @param keep how many files are kept beside that
   */
  public record Logs(Optional<Path> file, long maxSize, int keep) {}

  /**
   * How the backend is asked for tasks.
   *
   * @param hold how long it is asked to hold a poll that finds nothing; zero for not at all
   */
  public record Polling(Duration interval, Duration hold) {}

  /**
   * Limits on what is carried out.
   *
   * @param testPolicy what failures of the tests mean where a plan does not say
   * @param stageTimeout for one stage, whatever it consists of
   * @param stallTimeout how long a command may print nothing
   * @param maxAttempts how often a task is begun when the avatar is stopped in the midst of it
   * @param logQuota how many bytes of disk the log of an attempt may take
   * @param environment names of variables that commands may see beside the usual ones
   * @param secrets values to keep out of logs beside those of other sections
   */
  public record Execution(
      Duration stepTimeout,
      Duration testTimeout,
      TestPolicy testPolicy,
      Duration taskTimeout,
      Duration stageTimeout,
      Duration stallTimeout,
      int maxAttempts,
      long logQuota,
      List<String> environment,
      List<Secret> secrets) {
    public Execution {
      environment = List.copyOf(environment);
      secrets = List.copyOf(secrets);
    }
  }

  /**
   * What no task may change, and how much it may.
   *
   * @param protectedPaths globs
   * @param maxFileSize in bytes
   * @param maxChangeSize in bytes
   */
  public record Guard(
      List<String> protectedPaths, int maxFiles, long maxFileSize, long maxChangeSize) {
    public Guard {
      protectedPaths = List.copyOf(protectedPaths);
    }
  }

  /**
   * Room for working copies, and what is kept of them.
   *
   * @param keepFailed how long those of failed tasks are kept; zero for not at all
   * @param minFree how many bytes must be free before a task is taken
   * @param keepCaches whether ignored files stay in a working tree from task to task
   * @param maxSize how many bytes may be kept for later tasks
   */
  public record Workspace(Duration keepFailed, long minFree, boolean keepCaches, long maxSize) {}

  /** How often to look whether a running task was cancelled. */
  public record Cancellation(Duration interval) {}

  /**
   * What is told to the backend.
   *
   * @param words the backend's word for every state but {@link TaskState#UNKNOWN}, all different
   */
  public record Status(Map<TaskState, String> words) {
    public Status {
      words = Map.copyOf(words);
    }
  }

  /** How long running tasks may go on after the first signal. */
  public record Shutdown(Duration drain) {}
}
