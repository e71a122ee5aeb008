package io.numa.avatar.cli.config;

import io.numa.avatar.cli.config.value.Accepts;
import io.numa.avatar.cli.config.value.Accepts.Form;
import io.numa.avatar.cli.config.value.Accepts.Range;
import io.numa.avatar.cli.config.value.Accepts.Special;
import io.numa.avatar.cli.config.value.SecretFile;
import io.numa.avatar.document.Key;
import io.numa.avatar.document.Key.Default;
import io.numa.avatar.document.Key.Required;
import io.numa.avatar.document.Key.SameAs;
import io.numa.avatar.plan.TestPolicy;
import io.numa.avatar.plan.TestPolicy.FailOn;
import io.numa.avatar.port.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How an avatar works. Its components are the keys of the file: this is the one place that says all
 * about a key. {@link ConfigLoader} makes it, and gives it out when it is valid as a whole: all
 * paths are absolute, all values in their ranges. Until then, a value that could not be read is
 * null.
 */
public record Configuration(
    @Key("The Numa backend that tasks come from.") Backend backend,
    @Key("Authorship of commits, and access to Git hosts.") GitSection git,
    @Key("This avatar, its folders and its capacity.") Avatar avatar,
    @Key("The avatar's own log, which is not that of its tasks.") Logs logs,
    @Key("How the backend is asked for tasks.") Polling polling,
    @Key("Limits on what is carried out.") Execution execution,
    @Key("What no task may change, and how much it may.") Guard guard,
    @Key("Room for working copies, and what is kept of them.") Workspace workspace,
    @Key("How running tasks are cancelled.") Cancellation cancellation,
    @Key("What is told to the backend.") Status status,
    @Key("What a signal to stop does.") Shutdown shutdown,
    @Key("Has no keys yet.") NoKeys server,
    @Key("Has no keys yet.") NoKeys sandbox,
    @Key("Has no keys yet.") NoKeys agents) {

  /** The secrets in this configuration, which must stay out of logs. */
  public List<Secret> secrets() {
    return Stream.of(backend.token().stream(), git.secrets(), execution.secrets().stream())
        .flatMap(secrets -> secrets)
        .distinct()
        .toList();
  }

  /**
   * The Numa backend.
   *
   * @param url {@code http} or {@code https}, without a slash at the end; present for {@link
   *     Purpose#RUN} and {@link Purpose#DOCTOR}
   */
  public record Backend(
      @Key("Base URL of the Numa backend, without `/api`.") @Required Optional<URI> url,
      @Key("Token sent with every request; none is sent where it is missing.")
          Optional<Secret> apiToken,
      @Key("File that holds the token.") Optional<SecretFile> apiTokenFile,
      @Key("Whether the token may travel over plain `http` to another machine.") @Default("false")
          Boolean allowInsecureHttp) {

    /** Goes to no other machine over plain {@code http} unless the operator allowed it. */
    public Optional<Secret> token() {
      return SecretFile.either(apiToken, apiTokenFile);
    }
  }

  /** The avatar itself. */
  public record Avatar(
      @Key("What the backend knows this avatar by.") @Required @Default("local") String id,
      @Key("What people call this avatar.") @SameAs("avatar.id") String name,
      @Key("Folder of checkouts and mirrors; disposable.") @Default("./workspace") Path workspace,
      @Key("Folder of the journal, from which work is taken up again; **not** disposable.")
          @Default("./state")
          Path stateDir,
      @Key("Folder of the logs, one file for each attempt.") @Default("./logs") Path logDir,
      @Key("Topic to subscribe to.") @Default("tasks") String topicName,
      @Key("Tasks worked on at the same time.") @Default("1") @Range(least = "1", most = "256")
          Integer concurrency) {
    public Avatar {
      name = name == null ? id : name;
    }
  }

  /** The avatar's own log. */
  public record Logs(
      @Key("File that the avatar's own log goes to as well; none where it is missing.")
          Optional<Path> file,
      @Key("How large that file may become before a new one begins.") @Default("10MiB")
          Long maxSize,
      @Key("How many older files are kept, as `logs.file` with `.1` (the newest), `.2`, …")
          @Default("5")
          @Range(least = "1", most = "20")
          Integer keep) {}

  /** How the backend is asked for tasks. */
  public record Polling(
      @Key("Time between polls of a backend that answers at once.")
          @Default("5s")
          @Range(least = "100ms", most = "1h")
          Duration interval,
      @Key(
              value =
                  "How long the backend is asked to hold a poll that finds nothing; `0` for not at all.",
              name = "wait")
          @Default("50s")
          @Range(least = "0s", most = "5m")
          Duration hold) {}

  /** Limits on what is carried out. */
  public record Execution(
      @Key("Time for one step of a plan that names no other.")
          @Default("10m")
          @Range(least = "100ms", most = "7d")
          Duration stepTimeout,
      @Key("Time for the tests where the plan names no other.")
          @Default("30m")
          @Range(least = "100ms", most = "7d")
          Duration testTimeout,
      @Key("Whether the tests run on the base commit too, where the plan does not say.")
          @Default("false")
          Boolean testBaseline,
      @Key(
              "Which failing tests fail a task, where the plan does not say: `any`, or only those"
                  + " that are `new`, which asks for a baseline.")
          @Default("any")
          @Form(value = "any|new", expected = "any or new")
          String testFailOn,
      @Key("Time for a whole task that names no other.")
          @Default("2h")
          @Range(least = "100ms", most = "7d")
          Duration taskTimeout,
      @Key("Time for one stage of a task, such as its clone, whatever it consists of.")
          @Default("2h")
          @Range(least = "100ms", most = "7d")
          Duration stageTimeout,
      @Key("How long a command may print nothing before it is ended.")
          @Default("20m")
          @Range(least = "100ms", most = "7d")
          Duration stallTimeout,
      @Key("How often a task is begun when the avatar is stopped in the midst of it.")
          @Default("3")
          @Range(least = "1", most = "100")
          Integer maxAttempts,
      @Key(
              "How much disk the log of an attempt may take; of a longer one, the middle is left"
                  + " out.")
          @Default("256MiB")
          Long logQuota,
      @Key("Variables of the avatar's environment that commands may see, beside the usual ones.")
          @Default("")
          @Form(value = "[A-Za-z_][A-Za-z0-9_]*", expected = "the name of an environment variable")
          List<String> environment,
      @Key("Further values, such as `\"${DEPLOY_KEY}\"`, that must not show up in logs.")
          @Default("")
          @Accepts(Special.SECRET_TEXT)
          List<Secret> secrets) {

    /** What failures of the tests mean where a plan does not say. */
    public TestPolicy testPolicy() {
      return new TestPolicy(
          Optional.of(testBaseline).filter(wanted -> wanted), Optional.of(FailOn.of(testFailOn)));
    }
  }

  /** What no task may change, and how much it may. */
  public record Guard(
      @Key("Paths that no task may change; `*` stands for anything in a name, `**` across names.")
          @Default("")
          @Form(
              value = "[^/\\x00-\\x1f\\x7f][^\\x00-\\x1f\\x7f]*",
              expected = "a glob such as .github/workflows/**")
          List<String> protectedPaths,
      @Key("How many files one task may change.")
          @Default("10000")
          @Range(least = "1", most = "10000000")
          Integer maxFiles,
      @Key("How large a file may be that a task changes.") @Default("100MiB") Long maxFileSize,
      @Key("How large all files together may be that a task changes.") @Default("1GiB")
          Long maxChangeSize) {}

  /** Room for working copies, and what is kept of them. */
  public record Workspace(
      @Key(
              "How long the working copy of a failed task is kept to be looked at; `0` for not at"
                  + " all.")
          @Default("0")
          @Range(least = "0s", most = "28d")
          Duration keepFailed,
      @Key(
              "How much room the disks of workspace, state and logs must have before a task is"
                  + " taken.")
          @Default("512MiB")
          Long minFree,
      @Key(
              "Whether files that `.gitignore` names, such as what builds have made, stay in a"
                  + " working tree for the next task on the same repository.")
          @Default("false")
          Boolean keepCaches,
      @Key(
              "How much room mirrors and working trees may take that are kept for later tasks; what"
                  + " was not used for the longest time goes first.")
          @Default("20GiB")
          Long maxSize) {}

  /** How running tasks are cancelled. */
  public record Cancellation(
      @Key("Time between looks at whether a running task was cancelled.")
          @Default("10s")
          @Range(least = "100ms", most = "1h")
          Duration interval) {}

  /** What is told to the backend. */
  public record Status(@Key("The backend's words for where a task stands.") Words words) {}

  /** The backend's word for each state. */
  public record Words(
      @Key("The backend's word for the status of a task that is ready.")
          @Default("todo")
          @Form(value = "\\S{1,64}", expected = "a word")
          String todo,
      @Key("The backend's word for the status of a task at work.")
          @Default("in_progress")
          @Form(value = "\\S{1,64}", expected = "a word")
          String inProgress,
      @Key("The backend's word for the status of a task whose commit is on the remote.")
          @Default("done")
          @Form(value = "\\S{1,64}", expected = "a word")
          String done,
      @Key("The backend's word for the status of a task that failed.")
          @Default("failed")
          @Form(value = "\\S{1,64}", expected = "a word")
          String failed,
      @Key("The backend's word for the status of a task that was cancelled.")
          @Default("cancelled")
          @Form(value = "\\S{1,64}", expected = "a word")
          String cancelled) {}

  /** What a signal to stop does. */
  public record Shutdown(
      @Key("How long running tasks may go on after the first signal.")
          @Default("5m")
          @Range(least = "0s", most = "1d")
          Duration drain) {}

  /** A section for keys of later versions. */
  public record NoKeys() {}
}
