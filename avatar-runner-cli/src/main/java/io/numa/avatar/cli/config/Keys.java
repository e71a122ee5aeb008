package io.numa.avatar.cli.config;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.numa.avatar.port.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All keys of the configuration. Whatever else knows of a key has it from here. */
final class Keys {
  private static final Duration MOMENT = Duration.ofMillis(100);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration WEEK = Duration.ofDays(7);

  static final Key<URI> BACKEND_URL =
      Key.of("backend.url", Types.url(), "Base URL of the Numa backend, without `/api`.")
          .mandatory();
  static final Key<Secret> BACKEND_API_TOKEN =
      Key.of(
          "backend.api_token",
          Types.secret(),
          "Token sent with every request; none is sent where it is missing.");
  static final Key<SecretFile> BACKEND_API_TOKEN_FILE =
      Key.of("backend.api_token_file", Types.secretFile(), "File that holds the token.");
  static final Key<Boolean> BACKEND_ALLOW_INSECURE_HTTP =
      Key.of(
              "backend.allow_insecure_http",
              Types.trueOrFalse(),
              "Whether the token may travel over plain `http` to another machine.")
          .defaultsTo("false");

  static final Key<String> GIT_USERNAME =
      Key.of(
              "git.username",
              Types.text("[^<>\\x00-\\x1f\\x7f]{1,200}", "a name without '<' and '>'"),
              "Author of the commits, and the user name over HTTP where no credential names another.")
          .mandatory()
          .defaultsTo("numa-avatar");
  static final Key<String> GIT_EMAIL =
      Key.of(
              "git.email",
              Types.text(
                  "[^<>@\\s\\x00-\\x1f\\x7f]+@[^<>@\\s\\x00-\\x1f\\x7f]+", "an e-mail address"),
              "The author's address.")
          .mandatory()
          .defaultsTo("numa-avatar@localhost");
  static final Key<List<Values>> GIT_CREDENTIALS =
      Key.of(
              "git.credentials",
              new ObjectsType(
                  "a credential: host, token, …", CredentialKeys.ALL, Rules::credential),
              "How to sign in at Git hosts; the first entry whose host matches is used.")
          .defaultsTo("");
  static final Key<Duration> GIT_TIMEOUT =
      Key.of(
              "git.timeout",
              Types.duration(Duration.ofSeconds(1), HOUR),
              "How long a Git server may stay silent.")
          .defaultsTo("60s");
  static final Key<Integer> GIT_DEPTH =
      Key.of(
              "git.depth",
              Types.wholeNumber(0, 1_000_000),
              "How many commits of a branch's history are fetched; `0` for all of it.")
          .defaultsTo("0");
  static final Key<Boolean> GIT_ALLOW_DEFAULT_BRANCH =
      Key.of(
              "git.allow_default_branch",
              Types.trueOrFalse(),
              "Whether tasks may push to the branch that a repository's HEAD points to.")
          .defaultsTo("false");

  static final Key<String> GIT_CHANGE_REQUEST =
      Key.of(
              "git.change_request",
              Types.text("none|draft|ready", "none, draft or ready"),
              "Whether a pull or merge request, or a change at Gerrit, is opened for what was pushed,"
                  + " and in what state.")
          .defaultsTo("none");
  static final Key<List<String>> GIT_CHANGE_REQUEST_LABELS =
      Key.of(
              "git.change_request_labels",
              new ListType<>(
                  Types.text("[^,\\x00-\\x1f\\x7f]{1,50}", "a label of up to 50 characters")),
              "Labels that it gets; hashtags at Gerrit.")
          .defaultsTo("");
  static final Key<List<String>> GIT_CHANGE_REQUEST_REVIEWERS =
      Key.of(
              "git.change_request_reviewers",
              new ListType<>(Types.text("[^,\\s\\x00-\\x1f\\x7f]{1,100}", "a user's name")),
              "Users who are asked to review it, by the names they sign in with.")
          .defaultsTo("");

  static final Key<Path> GIT_SIGNING_KEY =
      Key.of(
          "git.signing_key",
          Types.path(),
          "Private key that commits are signed with; they are not signed where it is missing.");
  static final Key<String> GIT_SIGNING_FORMAT =
      Key.of(
          "git.signing_format",
          Types.text("ssh|openpgp", "ssh or openpgp"),
          "What that key is: `ssh` or `openpgp`; seen from the file where it is missing.");
  static final Key<Secret> GIT_SIGNING_PASSPHRASE =
      Key.of("git.signing_passphrase", Types.secret(), "Passphrase of that key.");
  static final Key<SecretFile> GIT_SIGNING_PASSPHRASE_FILE =
      Key.of("git.signing_passphrase_file", Types.secretFile(), "File that holds that passphrase.");
  static final Key<Boolean> GIT_LFS =
      Key.of(
              "git.lfs",
              Types.trueOrFalse(),
              "Whether files that Git LFS keeps are real files in the tree, rather than pointers.")
          .defaultsTo("true");
  static final Key<Boolean> GIT_SUBMODULES =
      Key.of(
              "git.submodules",
              Types.trueOrFalse(),
              "Whether the files of submodules, and of those in them, are in the tree.")
          .defaultsTo("false");
  static final Key<List<String>> GIT_SPARSE =
      Key.of(
              "git.sparse",
              new ListType<>(
                  Types.text(
                      "(?!/)(?!(?:.*/)?\\.\\.?(?:/|$))[^*?\\[\\]\\\\\\x00-\\x1f\\x7f]+",
                      "a folder such as src/app")),
              "Folders of a repository that are in the tree, beside the files above them; all where"
                  + " there are none.")
          .defaultsTo("");

  static final Key<List<String>> GIT_ALLOWED_URLS =
      Key.of(
              "git.allowed_urls",
              new ListType<>(Types.urlPattern()),
              "The only repositories that tasks may use, such as `https://github.com/acme/*` or"
                  + " `ssh://git@git.example.com/*`; by default all but those on this machine.")
          .defaultsTo("https://*, http://*, ssh://*");
  static final Key<Path> GIT_CA_FILE =
      Key.of(
          "git.ca_file",
          Types.certificates(),
          "Certificates in PEM of authorities to trust beside those of the JDK.");
  static final Key<URI> GIT_PROXY =
      Key.of(
          "git.proxy",
          Types.proxy(),
          "HTTP proxy, such as `http://proxy.example.com:3128`, to reach Git hosts through; not"
              + " for SSH.");
  static final Key<String> GIT_PROXY_USERNAME =
      Key.of(
          "git.proxy_username",
          Types.text("[^:\\x00-\\x1f\\x7f]+", "a user's name, without ':'"),
          "User name for the proxy, where it wants a login.");
  static final Key<Secret> GIT_PROXY_PASSWORD =
      Key.of("git.proxy_password", Types.secret(), "Password for the proxy.");
  static final Key<SecretFile> GIT_PROXY_PASSWORD_FILE =
      Key.of("git.proxy_password_file", Types.secretFile(), "File that holds that password.");
  static final Key<List<String>> GIT_NO_PROXY =
      Key.of(
              "git.no_proxy",
              new ListType<>(Types.text("[^\\s/:@*]+", "a host such as git.example.com")),
              "Hosts that are reached without the proxy; `.example.com` stands for all below.")
          .defaultsTo("");

  static final Key<String> AVATAR_ID =
      Key.of("avatar.id", Types.line(), "What the backend knows this avatar by.")
          .mandatory()
          .defaultsTo("local");
  static final Key<String> AVATAR_NAME =
      Key.of("avatar.name", Types.line(), "What people call this avatar.").sameAs(AVATAR_ID);
  static final Key<Path> AVATAR_WORKSPACE =
      Key.of("avatar.workspace", Types.path(), "Folder of checkouts and mirrors; disposable.")
          .defaultsTo("./workspace");
  static final Key<Path> AVATAR_STATE_DIR =
      Key.of(
              "avatar.state_dir",
              Types.path(),
              "Folder of the journal, from which work is taken up again; **not** disposable.")
          .defaultsTo("./state");
  static final Key<Path> AVATAR_LOG_DIR =
      Key.of("avatar.log_dir", Types.path(), "Folder of the logs, one file for each attempt.")
          .defaultsTo("./logs");
  static final Key<String> AVATAR_TOPIC_NAME =
      Key.of("avatar.topic_name", Types.line(), "Topic to subscribe to.").defaultsTo("tasks");
  static final Key<Integer> AVATAR_CONCURRENCY =
      Key.of("avatar.concurrency", Types.wholeNumber(1, 256), "Tasks worked on at the same time.")
          .defaultsTo("1");

  static final Key<Path> LOGS_FILE =
      Key.of(
          "logs.file",
          Types.path(),
          "File that the avatar's own log goes to as well; none where it is missing.");
  static final Key<Long> LOGS_MAX_SIZE =
      Key.of(
              "logs.max_size",
              Types.size(),
              "How large that file may become before a new one begins.")
          .defaultsTo("10MiB");
  static final Key<Integer> LOGS_KEEP =
      Key.of(
              "logs.keep",
              Types.wholeNumber(1, 20),
              "How many older files are kept, as `logs.file` with `.1` (the newest), `.2`, …")
          .defaultsTo("5");

  static final Key<Duration> POLLING_INTERVAL =
      Key.of(
              "polling.interval",
              Types.duration(MOMENT, HOUR),
              "Time between polls of a backend that answers at once.")
          .defaultsTo("5s");
  static final Key<Duration> POLLING_WAIT =
      Key.of(
              "polling.wait",
              Types.duration(Duration.ZERO, Duration.ofMinutes(5)),
              "How long the backend is asked to hold a poll that finds nothing; `0` for not at all.")
          .defaultsTo("50s");

  static final Key<Duration> EXECUTION_STEP_TIMEOUT =
      Key.of(
              "execution.step_timeout",
              Types.duration(MOMENT, WEEK),
              "Time for one step of a plan that names no other.")
          .defaultsTo("10m");
  static final Key<Duration> EXECUTION_TEST_TIMEOUT =
      Key.of(
              "execution.test_timeout",
              Types.duration(MOMENT, WEEK),
              "Time for the tests where the plan names no other.")
          .defaultsTo("30m");
  static final Key<Boolean> EXECUTION_TEST_BASELINE =
      Key.of(
              "execution.test_baseline",
              Types.trueOrFalse(),
              "Whether the tests run on the base commit too, where the plan does not say.")
          .defaultsTo("false");
  static final Key<String> EXECUTION_TEST_FAIL_ON =
      Key.of(
              "execution.test_fail_on",
              Types.text("any|new", "any or new"),
              "Which failing tests fail a task, where the plan does not say: `any`, or only those"
                  + " that are `new`, which asks for a baseline.")
          .defaultsTo("any");
  static final Key<Duration> EXECUTION_TASK_TIMEOUT =
      Key.of(
              "execution.task_timeout",
              Types.duration(MOMENT, WEEK),
              "Time for a whole task that names no other.")
          .defaultsTo("2h");
  static final Key<Duration> EXECUTION_STAGE_TIMEOUT =
      Key.of(
              "execution.stage_timeout",
              Types.duration(MOMENT, WEEK),
              "Time for one stage of a task, such as its clone, whatever it consists of.")
          .defaultsTo("2h");
  static final Key<Duration> EXECUTION_STALL_TIMEOUT =
      Key.of(
              "execution.stall_timeout",
              Types.duration(MOMENT, WEEK),
              "How long a command may print nothing before it is ended.")
          .defaultsTo("20m");
  static final Key<Integer> EXECUTION_MAX_ATTEMPTS =
      Key.of(
              "execution.max_attempts",
              Types.wholeNumber(1, 100),
              "How often a task is begun when the avatar is stopped in the midst of it.")
          .defaultsTo("3");
  static final Key<Long> EXECUTION_LOG_QUOTA =
      Key.of(
              "execution.log_quota",
              Types.size(),
              "How much disk the log of an attempt may take; of a longer one, the middle is left"
                  + " out.")
          .defaultsTo("256MiB");
  static final Key<List<String>> EXECUTION_ENVIRONMENT =
      Key.of(
              "execution.environment",
              new ListType<>(
                  Types.text("[A-Za-z_][A-Za-z0-9_]*", "the name of an environment variable")),
              "Variables of the avatar's environment that commands may see, beside the usual ones.")
          .defaultsTo("");
  static final Key<List<Secret>> EXECUTION_SECRETS =
      Key.of(
              "execution.secrets",
              new ListType<>(Types.secretText()),
              "Further values, such as `\"${DEPLOY_KEY}\"`, that must not show up in logs.")
          .defaultsTo("");

  static final Key<List<String>> GUARD_PROTECTED_PATHS =
      Key.of(
              "guard.protected_paths",
              new ListType<>(
                  Types.text(
                      "[^/\\x00-\\x1f\\x7f][^\\x00-\\x1f\\x7f]*",
                      "a glob such as .github/workflows/**")),
              "Paths that no task may change; `*` stands for anything in a name, `**` across names.")
          .defaultsTo("");
  static final Key<Integer> GUARD_MAX_FILES =
      Key.of(
              "guard.max_files",
              Types.wholeNumber(1, 10_000_000),
              "How many files one task may change.")
          .defaultsTo("10000");
  static final Key<Long> GUARD_MAX_FILE_SIZE =
      Key.of("guard.max_file_size", Types.size(), "How large a file may be that a task changes.")
          .defaultsTo("100MiB");
  static final Key<Long> GUARD_MAX_CHANGE_SIZE =
      Key.of(
              "guard.max_change_size",
              Types.size(),
              "How large all files together may be that a task changes.")
          .defaultsTo("1GiB");

  static final Key<Duration> WORKSPACE_KEEP_FAILED =
      Key.of(
              "workspace.keep_failed",
              Types.duration(Duration.ZERO, WEEK.multipliedBy(4)),
              "How long the working copy of a failed task is kept to be looked at; `0` for not at"
                  + " all.")
          .defaultsTo("0");
  static final Key<Long> WORKSPACE_MIN_FREE =
      Key.of(
              "workspace.min_free",
              Types.size(),
              "How much room the disks of workspace, state and logs must have before a task is"
                  + " taken.")
          .defaultsTo("512MiB");

  static final Key<Boolean> WORKSPACE_KEEP_CACHES =
      Key.of(
              "workspace.keep_caches",
              Types.trueOrFalse(),
              "Whether files that `.gitignore` names, such as what builds have made, stay in a"
                  + " working tree for the next task on the same repository.")
          .defaultsTo("false");
  static final Key<Long> WORKSPACE_MAX_SIZE =
      Key.of(
              "workspace.max_size",
              Types.size(),
              "How much room mirrors and working trees may take that are kept for later tasks; what"
                  + " was not used for the longest time goes first.")
          .defaultsTo("20GiB");

  static final Key<Duration> CANCELLATION_INTERVAL =
      Key.of(
              "cancellation.interval",
              Types.duration(MOMENT, HOUR),
              "Time between looks at whether a running task was cancelled.")
          .defaultsTo("10s");

  static final Key<String> STATUS_TODO = word("todo", "of a task that is ready");
  static final Key<String> STATUS_IN_PROGRESS = word("in_progress", "of a task at work");
  static final Key<String> STATUS_DONE = word("done", "of a task whose commit is on the remote");
  static final Key<String> STATUS_FAILED = word("failed", "of a task that failed");
  static final Key<String> STATUS_CANCELLED = word("cancelled", "of a task that was cancelled");

  static final Key<Duration> SHUTDOWN_DRAIN =
      Key.of(
              "shutdown.drain",
              Types.duration(Duration.ZERO, Duration.ofDays(1)),
              "How long running tasks may go on after the first signal.")
          .defaultsTo("5m");

  static final List<Section> SECTIONS =
      List.of(
          new Section("backend", "The Numa backend that tasks come from."),
          new Section("git", "Authorship of commits, and access to Git hosts."),
          new Section("avatar", "This avatar, its folders and its capacity."),
          new Section("logs", "The avatar's own log, which is not that of its tasks."),
          new Section("polling", "How the backend is asked for tasks."),
          new Section("execution", "Limits on what is carried out."),
          new Section("guard", "What no task may change, and how much it may."),
          new Section("workspace", "Room for working copies, and what is kept of them."),
          new Section("cancellation", "How running tasks are cancelled."),
          new Section("status", "What is told to the backend."),
          new Section("status.words", "The backend's words for where a task stands."),
          new Section("shutdown", "What a signal to stop does."),
          new Section("server", "Has no keys yet."),
          new Section("sandbox", "Has no keys yet."),
          new Section("agents", "Has no keys yet."));

  static final List<Key<?>> ALL =
      List.of(
          BACKEND_URL,
          BACKEND_API_TOKEN,
          BACKEND_API_TOKEN_FILE,
          BACKEND_ALLOW_INSECURE_HTTP,
          GIT_USERNAME,
          GIT_EMAIL,
          GIT_CREDENTIALS,
          GIT_TIMEOUT,
          GIT_DEPTH,
          GIT_ALLOW_DEFAULT_BRANCH,
          GIT_CHANGE_REQUEST,
          GIT_CHANGE_REQUEST_LABELS,
          GIT_CHANGE_REQUEST_REVIEWERS,
          GIT_SIGNING_KEY,
          GIT_SIGNING_FORMAT,
          GIT_SIGNING_PASSPHRASE,
          GIT_SIGNING_PASSPHRASE_FILE,
          GIT_LFS,
          GIT_SUBMODULES,
          GIT_SPARSE,
          GIT_ALLOWED_URLS,
          GIT_CA_FILE,
          GIT_PROXY,
          GIT_PROXY_USERNAME,
          GIT_PROXY_PASSWORD,
          GIT_PROXY_PASSWORD_FILE,
          GIT_NO_PROXY,
          AVATAR_ID,
          AVATAR_NAME,
          AVATAR_WORKSPACE,
          AVATAR_STATE_DIR,
          AVATAR_LOG_DIR,
          AVATAR_TOPIC_NAME,
          AVATAR_CONCURRENCY,
          LOGS_FILE,
          LOGS_MAX_SIZE,
          LOGS_KEEP,
          POLLING_INTERVAL,
          POLLING_WAIT,
          EXECUTION_STEP_TIMEOUT,
          EXECUTION_TEST_TIMEOUT,
          EXECUTION_TEST_BASELINE,
          EXECUTION_TEST_FAIL_ON,
          EXECUTION_TASK_TIMEOUT,
          EXECUTION_STAGE_TIMEOUT,
          EXECUTION_STALL_TIMEOUT,
          EXECUTION_MAX_ATTEMPTS,
          EXECUTION_LOG_QUOTA,
          EXECUTION_ENVIRONMENT,
          EXECUTION_SECRETS,
          GUARD_PROTECTED_PATHS,
          GUARD_MAX_FILES,
          GUARD_MAX_FILE_SIZE,
          GUARD_MAX_CHANGE_SIZE,
          WORKSPACE_KEEP_FAILED,
          WORKSPACE_MIN_FREE,
          WORKSPACE_KEEP_CACHES,
          WORKSPACE_MAX_SIZE,
          CANCELLATION_INTERVAL,
          STATUS_TODO,
          STATUS_IN_PROGRESS,
          STATUS_DONE,
          STATUS_FAILED,
          STATUS_CANCELLED,
          SHUTDOWN_DRAIN);

  private static final Map<String, Key<?>> BY_PATH =
      ALL.stream().collect(toMap(Key::path, identity()));

  private Keys() {}

  static Optional<Key<?>> find(String path) {
    return Optional.ofNullable(BY_PATH.get(path));
  }

  static boolean isSection(String path) {
    return SECTIONS.stream().anyMatch(section -> section.path().equals(path));
  }

  /** The keys right below a section. */
  static List<Key<?>> in(String section) {
    return ALL.stream().filter(key -> key.section().equals(section)).toList();
  }

  /** The sections right below a section; in the empty one, at the top. */
  static List<Section> sectionsIn(String section) {
    return SECTIONS.stream().filter(inner -> inner.section().equals(section)).toList();
  }

  /** The names that may stand in a section. */
  static List<String> namesIn(String section) {
    return Stream.concat(
            in(section).stream().<String>map(Key::name),
            sectionsIn(section).stream().map(Section::name))
        .toList();
  }

  /** The keys of that name, wherever they stand. */
  static List<String> pathsEndingWith(String name) {
    return ALL.stream().filter(key -> key.name().equals(name)).<String>map(Key::path).toList();
  }

  /** The key of the file that may hold this key's secret, or of the secret that this file holds. */
  static Optional<String> alternative(String path) {
    String other =
        path.endsWith("_file")
            ? path.substring(0, path.length() - "_file".length())
            : path + "_file";
    return Optional.of(other).filter(BY_PATH::containsKey);
  }

  /** The paths of all keys. */
  static List<String> paths() {
    return ALL.stream().<String>map(Key::path).toList();
  }

  private static Key<String> word(String word, String use) {
    return Key.of(
            "status.words." + word,
            Types.text("\\S{1,64}", "a word"),
            "The backend's word for the status " + use + ".")
        .defaultsTo(word);
  }
}
