package io.numa.avatar.cli.config;

import io.numa.avatar.cli.config.value.As;
import io.numa.avatar.cli.config.value.As.Special;
import io.numa.avatar.cli.config.value.Range;
import io.numa.avatar.cli.config.value.SecretFile;
import io.numa.avatar.cli.config.value.Span;
import io.numa.avatar.cli.config.value.TextForm;
import io.numa.avatar.document.Key;
import io.numa.avatar.document.Key.Default;
import io.numa.avatar.document.Key.Required;
import io.numa.avatar.document.Key.SameAs;
import io.numa.avatar.port.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The configuration as it is written: its components are the keys that there are, the one place
 * where everything about a key is said. A value is null where it is not given or could not be read.
 */
record ConfigDocument(
    @Key("The Numa backend that tasks come from.") BackendSection backend,
    @Key("Authorship of commits, and access to Git hosts.") GitSection git,
    @Key("This avatar, its folders and its capacity.") AvatarSection avatar,
    @Key("The avatar's own log, which is not that of its tasks.") LogsSection logs,
    @Key("How the backend is asked for tasks.") PollingSection polling,
    @Key("Limits on what is carried out.") ExecutionSection execution,
    @Key("What no task may change, and how much it may.") GuardSection guard,
    @Key("Room for working copies, and what is kept of them.") WorkspaceSection workspace,
    @Key("How running tasks are cancelled.") CancellationSection cancellation,
    @Key("What is told to the backend.") StatusSection status,
    @Key("What a signal to stop does.") ShutdownSection shutdown,
    @Key("Has no keys yet.") NoKeys server,
    @Key("Has no keys yet.") NoKeys sandbox,
    @Key("Has no keys yet.") NoKeys agents) {

  record BackendSection(
      @Key("Base URL of the Numa backend, without `/api`.") @Required @Nullable URI url,
      @Key("Token sent with every request; none is sent where it is missing.")
          @Nullable Secret apiToken,
      @Key("File that holds the token.") @Nullable SecretFile apiTokenFile,
      @Key("Whether the token may travel over plain `http` to another machine.") @Default("false")
          Boolean allowInsecureHttp) {}

  record GitSection(
      @Key("Author of the commits, and the user name over HTTP where no credential names another.")
          @Required
          @Default("numa-avatar")
          @TextForm(value = "[^<>\\x00-\\x1f\\x7f]{1,200}", expected = "a name without '<' and '>'")
          String username,
      @Key("The author's address.")
          @Required
          @Default("numa-avatar@localhost")
          @TextForm(
              value = "[^<>@\\s\\x00-\\x1f\\x7f]+@[^<>@\\s\\x00-\\x1f\\x7f]+",
              expected = "an e-mail address")
          String email,
      @Key("How to sign in at Git hosts; the first entry whose host matches is used.") @Default("")
          List<CredentialDocument> credentials,
      @Key("How long a Git server may stay silent.")
          @Default("60s")
          @Span(least = "1s", most = "1h")
          Duration timeout,
      @Key("How many commits of a branch's history are fetched; `0` for all of it.")
          @Default("0")
          @Range(least = 0, most = 1_000_000)
          Integer depth,
      @Key("Whether tasks may push to the branch that a repository's HEAD points to.")
          @Default("false")
          Boolean allowDefaultBranch,
      @Key(
              "Whether a pull or merge request, or a change at Gerrit, is opened for what was pushed,"
                  + " and in what state.")
          @Default("none")
          @TextForm(value = "none|draft|ready", expected = "none, draft or ready")
          String changeRequest,
      @Key("Labels that it gets; hashtags at Gerrit.")
          @Default("")
          @TextForm(
              value = "[^,\\x00-\\x1f\\x7f]{1,50}",
              expected = "a label of up to 50 characters")
          List<String> changeRequestLabels,
      @Key("Users who are asked to review it, by the names they sign in with.")
          @Default("")
          @TextForm(value = "[^,\\s\\x00-\\x1f\\x7f]{1,100}", expected = "a user's name")
          List<String> changeRequestReviewers,
      @Key("Private key that commits are signed with; they are not signed where it is missing.")
          @Nullable Path signingKey,
      @Key("What that key is: `ssh` or `openpgp`; seen from the file where it is missing.")
          @TextForm(value = "ssh|openpgp", expected = "ssh or openpgp")
          @Nullable String signingFormat,
      @Key("Passphrase of that key.") @Nullable Secret signingPassphrase,
      @Key("File that holds that passphrase.") @Nullable SecretFile signingPassphraseFile,
      @Key("Whether files that Git LFS keeps are real files in the tree, rather than pointers.")
          @Default("true")
          Boolean lfs,
      @Key("Whether the files of submodules, and of those in them, are in the tree.")
          @Default("false")
          Boolean submodules,
      @Key(
              "Folders of a repository that are in the tree, beside the files above them; all where"
                  + " there are none.")
          @Default("")
          @TextForm(
              value = "(?!/)(?!(?:.*/)?\\.\\.?(?:/|$))[^*?\\[\\]\\\\\\x00-\\x1f\\x7f]+",
              expected = "a folder such as src/app")
          List<String> sparse,
      @Key(
              "The only repositories that tasks may use, such as `https://github.com/acme/*` or"
                  + " `ssh://git@git.example.com/*`; by default all but those on this machine.")
          @Default("https://*, http://*, ssh://*")
          @As(Special.URL_PATTERN)
          List<String> allowedUrls,
      @Key("Certificates in PEM of authorities to trust beside those of the JDK.")
          @As(Special.CERTIFICATES)
          @Nullable Path caFile,
      @Key(
              "HTTP proxy, such as `http://proxy.example.com:3128`, to reach Git hosts through; not"
                  + " for SSH.")
          @As(Special.PROXY)
          @Nullable URI proxy,
      @Key("User name for the proxy, where it wants a login.")
          @TextForm(value = "[^:\\x00-\\x1f\\x7f]+", expected = "a user's name, without ':'")
          @Nullable String proxyUsername,
      @Key("Password for the proxy.") @Nullable Secret proxyPassword,
      @Key("File that holds that password.") @Nullable SecretFile proxyPasswordFile,
      @Key("Hosts that are reached without the proxy; `.example.com` stands for all below.")
          @Default("")
          @TextForm(value = "[^\\s/:@*]+", expected = "a host such as git.example.com")
          List<String> noProxy) {}

  record AvatarSection(
      @Key("What the backend knows this avatar by.") @Required @Default("local") String id,
      @Key("What people call this avatar.") @SameAs("avatar.id") @Nullable String name,
      @Key("Folder of checkouts and mirrors; disposable.") @Default("./workspace") Path workspace,
      @Key("Folder of the journal, from which work is taken up again; **not** disposable.")
          @Default("./state")
          Path stateDir,
      @Key("Folder of the logs, one file for each attempt.") @Default("./logs") Path logDir,
      @Key("Topic to subscribe to.") @Default("tasks") String topicName,
      @Key("Tasks worked on at the same time.") @Default("1") @Range(least = 1, most = 256)
          Integer concurrency) {}

  record LogsSection(
      @Key("File that the avatar's own log goes to as well; none where it is missing.")
          @Nullable Path file,
      @Key("How large that file may become before a new one begins.") @Default("10MiB")
          Long maxSize,
      @Key("How many older files are kept, as `logs.file` with `.1` (the newest), `.2`, …")
          @Default("5")
          @Range(least = 1, most = 20)
          Integer keep) {}

  record PollingSection(
      @Key("Time between polls of a backend that answers at once.")
          @Default("5s")
          @Span(least = "100ms", most = "1h")
          Duration interval,
      @Key(
              value =
                  "How long the backend is asked to hold a poll that finds nothing; `0` for not at all.",
              name = "wait")
          @Default("50s")
          @Span(least = "0s", most = "5m")
          Duration hold) {}

  record ExecutionSection(
      @Key("Time for one step of a plan that names no other.")
          @Default("10m")
          @Span(least = "100ms", most = "7d")
          Duration stepTimeout,
      @Key("Time for the tests where the plan names no other.")
          @Default("30m")
          @Span(least = "100ms", most = "7d")
          Duration testTimeout,
      @Key("Whether the tests run on the base commit too, where the plan does not say.")
          @Default("false")
          Boolean testBaseline,
      @Key(
              "Which failing tests fail a task, where the plan does not say: `any`, or only those"
                  + " that are `new`, which asks for a baseline.")
          @Default("any")
          @TextForm(value = "any|new", expected = "any or new")
          String testFailOn,
      @Key("Time for a whole task that names no other.")
          @Default("2h")
          @Span(least = "100ms", most = "7d")
          Duration taskTimeout,
      @Key("Time for one stage of a task, such as its clone, whatever it consists of.")
          @Default("2h")
          @Span(least = "100ms", most = "7d")
          Duration stageTimeout,
      @Key("How long a command may print nothing before it is ended.")
          @Default("20m")
          @Span(least = "100ms", most = "7d")
          Duration stallTimeout,
      @Key("How often a task is begun when the avatar is stopped in the midst of it.")
          @Default("3")
          @Range(least = 1, most = 100)
          Integer maxAttempts,
      @Key(
              "How much disk the log of an attempt may take; of a longer one, the middle is left"
                  + " out.")
          @Default("256MiB")
          Long logQuota,
      @Key("Variables of the avatar's environment that commands may see, beside the usual ones.")
          @Default("")
          @TextForm(
              value = "[A-Za-z_][A-Za-z0-9_]*",
              expected = "the name of an environment variable")
          List<String> environment,
      @Key("Further values, such as `\"${DEPLOY_KEY}\"`, that must not show up in logs.")
          @Default("")
          @As(Special.SECRET_TEXT)
          List<Secret> secrets) {}

  record GuardSection(
      @Key("Paths that no task may change; `*` stands for anything in a name, `**` across names.")
          @Default("")
          @TextForm(
              value = "[^/\\x00-\\x1f\\x7f][^\\x00-\\x1f\\x7f]*",
              expected = "a glob such as .github/workflows/**")
          List<String> protectedPaths,
      @Key("How many files one task may change.")
          @Default("10000")
          @Range(least = 1, most = 10_000_000)
          Integer maxFiles,
      @Key("How large a file may be that a task changes.") @Default("100MiB") Long maxFileSize,
      @Key("How large all files together may be that a task changes.") @Default("1GiB")
          Long maxChangeSize) {}

  record WorkspaceSection(
      @Key(
              "How long the working copy of a failed task is kept to be looked at; `0` for not at"
                  + " all.")
          @Default("0")
          @Span(least = "0s", most = "28d")
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

  record CancellationSection(
      @Key("Time between looks at whether a running task was cancelled.")
          @Default("10s")
          @Span(least = "100ms", most = "1h")
          Duration interval) {}

  record StatusSection(@Key("The backend's words for where a task stands.") WordsSection words) {}

  record WordsSection(
      @Key("The backend's word for the status of a task that is ready.")
          @Default("todo")
          @TextForm(value = "\\S{1,64}", expected = "a word")
          String todo,
      @Key("The backend's word for the status of a task at work.")
          @Default("in_progress")
          @TextForm(value = "\\S{1,64}", expected = "a word")
          String inProgress,
      @Key("The backend's word for the status of a task whose commit is on the remote.")
          @Default("done")
          @TextForm(value = "\\S{1,64}", expected = "a word")
          String done,
      @Key("The backend's word for the status of a task that failed.")
          @Default("failed")
          @TextForm(value = "\\S{1,64}", expected = "a word")
          String failed,
      @Key("The backend's word for the status of a task that was cancelled.")
          @Default("cancelled")
          @TextForm(value = "\\S{1,64}", expected = "a word")
          String cancelled) {}

  record ShutdownSection(
      @Key("How long running tasks may go on after the first signal.")
          @Default("5m")
          @Span(least = "0s", most = "1d")
          Duration drain) {}

  /** A section for keys of later versions. */
  record NoKeys() {}
}
