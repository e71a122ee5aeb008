package io.numa.avatar.cli.config;

import io.numa.avatar.backend.settings.BackendApi;
import io.numa.avatar.backend.settings.DialectSettings;
import io.numa.avatar.cli.config.notify.NotifyEntry;
import io.numa.avatar.cli.config.telemetry.TelemetrySection;
import io.numa.avatar.cli.config.value.Accepts;
import io.numa.avatar.cli.config.value.Accepts.Form;
import io.numa.avatar.cli.config.value.Accepts.Range;
import io.numa.avatar.cli.config.value.Accepts.Special;
import io.numa.avatar.cli.config.value.SecretFile;
import io.numa.avatar.document.Key;
import io.numa.avatar.document.Key.Default;
import io.numa.avatar.document.Key.Required;
import io.numa.avatar.document.Key.SameAs;
import io.numa.avatar.port.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The configuration of an avatar. The components are the keys of the file; nothing about a key is
 * declared elsewhere. {@link ConfigLoader} makes it, and returns it only if it is valid as a whole:
 * all paths are absolute, all values are in their ranges. During loading, a value that could not be
 * read is null.
 */
public record Configuration(
    @Key("The Numa backend that tasks come from.") Backend backend,
    @Key("Authorship of commits, and access to Git hosts.") GitSection git,
    @Key("This avatar, its folders and its capacity.") Avatar avatar,
    @Key("The avatar's own log. Each task has a separate one.") Logs logs,
    @Key("How long ended tasks are kept, with their logs.") History history,
    @Key("How the avatar polls the backend for tasks.") Polling polling,
    @Key("A stream of tasks that many avatars share, in place of the backend's topic.")
        QueueSection queue,
    @Key("Limits of tasks, steps and tests.") ExecutionSection execution,
    @Key("Paths that no task may change, and how much a task may change.") Guard guard,
    @Key("Disk space of working copies, and which of them are kept.") Workspace workspace,
    @Key("How running tasks are cancelled.") Cancellation cancellation,
    @Key("Reports to the backend.") Status status,
    @Key("What the avatar does when a signal tells it to stop.") Shutdown shutdown,
    @Key("The avatar's own HTTP server, for its operators.") ServerSection server,
    @Key("What the avatar tells other systems of its work.") TelemetrySection telemetry,
    @Key("The sandbox of commands, tests and coding agents.") SandboxSection sandbox,
    @Key("Coding agents, which carry out tasks of prose; **experimental**.") AgentsSection agents,
    @Key("The review of each change by another coding agent, before it is pushed.")
        AgentsSection.Review review,
    @Key(value = "Who is told what becomes of tasks.", name = "notify") @Default("")
        List<NotifyEntry> receivers) {

  /** The secrets in this configuration, which logs must not show. */
  public List<Secret> secrets() {
    return Stream.of(ownSecrets().stream(), execution.secrets().stream(), agents.secrets())
        .flatMap(secrets -> secrets)
        .distinct()
        .toList();
  }

  /** The secrets of the avatar itself, which no agent may see. */
  List<Secret> ownSecrets() {
    return Stream.of(
            backend.token().stream(),
            git.secrets(),
            queue.secrets(),
            agents.keys(),
            sandbox.secrets(),
            receivers.stream().flatMap(NotifyEntry::secrets),
            telemetry.otlp().secrets())
        .flatMap(secrets -> secrets)
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
      @Key("Token sent with every request. Without it, no token is sent.")
          Optional<Secret> apiToken,
      @Key("File that holds the token.") Optional<SecretFile> apiTokenFile,
      @Key("Whether the avatar may send the token over plain `http` to another machine.")
          @Default("false")
          Boolean allowInsecureHttp,
      @Key(
              "The Web API of the backend: `topics`, with messages, logs and details; `v1`, a list of"
                  + " tasks; `auto` finds out which of them it has.")
          @Default("auto")
          @Form(value = "auto|topics|v1", expected = "auto, topics or v1")
          String api,
      @Key(
              "With `v1`, the id of a user: the avatar takes only tasks that are assigned to this"
                  + " user. Give each of several avatars its own.")
          @Accepts(Special.ID)
          Optional<String> assignedTo,
      @Key(
              "With `v1`, where the backend shows why a task failed: `off`, or one marked paragraph at"
                  + " the end of the task's `description`.")
          @Default("off")
          @Form(value = "off|description", expected = "off or description")
          String explain) {

    /** Which Web API the avatar speaks, and how. */
    public DialectSettings dialect() {
      return new DialectSettings(BackendApi.of(api), assignedTo, explain.equals("description"));
    }

    /**
     * The API token. It is not sent to another machine over plain {@code http} unless the operator
     * allows that.
     */
    public Optional<Secret> token() {
      return SecretFile.either(apiToken, apiTokenFile);
    }
  }

  /** The avatar itself. */
  public record Avatar(
      @Key("The avatar's id at the backend.") @Required @Default("local") String id,
      @Key("The avatar's name, for people.") @SameAs("avatar.id") String name,
      @Key("Folder of checkouts and mirrors; disposable.") @Default("./workspace") Path workspace,
      @Key(
              "Folder of the journal, from which the avatar resumes its tasks after a"
                  + " restart; **not** disposable.")
          @Default("./state")
          Path stateDir,
      @Key("Folder of the logs, one file for each attempt.") @Default("./logs") Path logDir,
      @Key("Topic to subscribe to.") @Default("tasks") String topicName,
      @Key("How many tasks run at the same time.") @Default("1") @Range(least = "1", most = "256")
          Integer concurrency) {
    public Avatar {
      name = name == null ? id : name;
    }
  }

  /** The avatar's own log. */
  public record Logs(
      @Key(
              "How the avatar writes its own log: lines of `text`, or `json`, one object a line with"
                  + " time, level, logger, thread, task, attempt, stage, message and exception.")
          @Default("text")
          @Form(value = "text|json", expected = "text or json")
          String format,
      @Key("File to write the avatar's own log to, too. Without it, there is no such file.")
          Optional<Path> file,
      @Key("Largest size of that file; the avatar then begins a new one.") @Default("10MiB")
          Long maxSize,
      @Key("How many older files to keep, named like `logs.file` with `.1` (the newest), `.2`, …")
          @Default("5")
          @Range(least = "1", most = "20")
          Integer keep) {
    public boolean isJson() {
      return format.equals("json");
    }
  }

  /** How long ended tasks are kept, with their logs. */
  public record History(
      @Key("How long an ended task stays in the journal, with its logs.")
          @Default("30d")
          @Range(least = "1h", most = "3650d")
          Duration keep,
      @Key(
              "Disk space for all files in `avatar.log_dir`. Where they take more, the avatar"
                  + " removes the tasks that ended first; it never removes undelivered logs.")
          @Default("2GiB")
          Long maxSize) {}

  /** How the avatar polls the backend for tasks. */
  public record Polling(
      @Key("Time between two polls, if the backend answers at once.")
          @Default("5s")
          @Range(least = "100ms", most = "1h")
          Duration interval,
      @Key(
              value =
                  "How long the backend may hold a poll while there is no task; `0` for not at"
                      + " all.",
              name = "wait")
          @Default("50s")
          @Range(least = "0s", most = "5m")
          Duration hold) {}

  /** Paths that no task may change, and how much a task may change. */
  public record Guard(
      @Key(
              "Paths that no task may change. `*` stands for any characters within a name,"
                  + " `**` for any names.")
          @Default("")
          @Form(
              value = "[^/\\x00-\\x1f\\x7f][^\\x00-\\x1f\\x7f]*",
              expected = "a glob such as .github/workflows/**")
          List<String> protectedPaths,
      @Key("Largest number of files that one task may change.")
          @Default("10000")
          @Range(least = "1", most = "10000000")
          Integer maxFiles,
      @Key("Largest size of a file that a task changes.") @Default("100MiB") Long maxFileSize,
      @Key("Largest total size of the files that a task changes.") @Default("1GiB")
          Long maxChangeSize) {}

  /** Disk space of working copies, and which of them are kept. */
  public record Workspace(
      @Key("How long to keep the working copy of a failed task for inspection; `0` for not at all.")
          @Default("0")
          @Range(least = "0s", most = "28d")
          Duration keepFailed,
      @Key(
              "Free space that the disks of workspace, state and logs must have before the"
                  + " avatar takes"
                  + " a task.")
          @Default("512MiB")
          Long minFree,
      @Key(
              "Whether files that `.gitignore` names, such as build output, stay in a"
                  + " working tree for"
                  + " the next task on the same repository.")
          @Default("false")
          Boolean keepCaches,
      @Key(
              "Disk space for mirrors and working trees that are kept for later tasks. The"
                  + " avatar removes"
                  + " the least recently used ones first.")
          @Default("20GiB")
          Long maxSize) {}

  /** How running tasks are cancelled. */
  public record Cancellation(
      @Key("How often the avatar asks whether a running task was cancelled.")
          @Default("10s")
          @Range(least = "100ms", most = "1h")
          Duration interval) {}

  /** Reports to the backend. */
  public record Status(@Key("The backend's words for the states of a task.") Words words) {}

  /** The backend's word for each state. */
  public record Words(
      @Key("The backend's word for the status of a task that is ready.")
          @Default("todo")
          @Form(value = "\\S{1,64}", expected = "a word")
          String todo,
      @Key("The backend's word for the status of a task that is in progress.")
          @Default("in_progress")
          @Form(value = "\\S{1,64}", expected = "a word")
          String inProgress,
      @Key("The backend's word for the status of a task whose commit was pushed.")
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

  /** What the avatar does when a signal tells it to stop. */
  public record Shutdown(
      @Key("How long running tasks may continue after the first signal.")
          @Default("5m")
          @Range(least = "0s", most = "1d")
          Duration drain) {}
}
