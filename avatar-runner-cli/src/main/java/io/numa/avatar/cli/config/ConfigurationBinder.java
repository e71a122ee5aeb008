package io.numa.avatar.cli.config;

import io.numa.avatar.cli.config.ConfigDocument.AvatarSection;
import io.numa.avatar.cli.config.ConfigDocument.BackendSection;
import io.numa.avatar.cli.config.ConfigDocument.ExecutionSection;
import io.numa.avatar.cli.config.ConfigDocument.GitSection;
import io.numa.avatar.cli.config.ConfigDocument.WordsSection;
import io.numa.avatar.cli.config.Configuration.Api;
import io.numa.avatar.cli.config.Configuration.Avatar;
import io.numa.avatar.cli.config.Configuration.Backend;
import io.numa.avatar.cli.config.Configuration.Cancellation;
import io.numa.avatar.cli.config.Configuration.ChangeRequests;
import io.numa.avatar.cli.config.Configuration.Credential;
import io.numa.avatar.cli.config.Configuration.Execution;
import io.numa.avatar.cli.config.Configuration.Git;
import io.numa.avatar.cli.config.Configuration.GitAccess;
import io.numa.avatar.cli.config.Configuration.GitFeatures;
import io.numa.avatar.cli.config.Configuration.Guard;
import io.numa.avatar.cli.config.Configuration.Logs;
import io.numa.avatar.cli.config.Configuration.Polling;
import io.numa.avatar.cli.config.Configuration.Proxy;
import io.numa.avatar.cli.config.Configuration.Shutdown;
import io.numa.avatar.cli.config.Configuration.SigningKey;
import io.numa.avatar.cli.config.Configuration.Ssh;
import io.numa.avatar.cli.config.Configuration.Status;
import io.numa.avatar.cli.config.Configuration.Workspace;
import io.numa.avatar.cli.config.value.SecretFile;
import io.numa.avatar.git.settings.TokenSource;
import io.numa.avatar.plan.TestPolicy;
import io.numa.avatar.plan.TestPolicy.FailOn;
import io.numa.avatar.port.Secret;
import io.numa.avatar.task.TaskState;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes the configuration of a document without problems. */
final class ConfigurationBinder {
  private static final Pattern HOST_AND_PORT = Pattern.compile("(.*?)(?::([0-9]+))?");

  private ConfigurationBinder() {}

  static Configuration bind(ConfigDocument document) {
    return new Configuration(
        backend(document.backend()),
        git(document.git()),
        avatar(document.avatar()),
        new Logs(
            Optional.ofNullable(document.logs().file()),
            document.logs().maxSize(),
            document.logs().keep()),
        new Polling(document.polling().interval(), document.polling().hold()),
        execution(document.execution()),
        new Guard(
            document.guard().protectedPaths(),
            document.guard().maxFiles(),
            document.guard().maxFileSize(),
            document.guard().maxChangeSize()),
        new Workspace(
            document.workspace().keepFailed(),
            document.workspace().minFree(),
            document.workspace().keepCaches(),
            document.workspace().maxSize()),
        new Cancellation(document.cancellation().interval()),
        status(document.status().words()),
        new Shutdown(document.shutdown().drain()));
  }

  private static Optional<Backend> backend(BackendSection backend) {
    return Optional.ofNullable(backend.url())
        .map(url -> new Backend(url, secret(backend.apiToken(), backend.apiTokenFile())));
  }

  private static Git git(GitSection git) {
    return new Git(
        git.username(),
        git.email(),
        git.credentials().stream().map(ConfigurationBinder::credential).toList(),
        git.timeout(),
        git.depth(),
        git.allowDefaultBranch(),
        new ChangeRequests(
            git.changeRequest(), git.changeRequestLabels(), git.changeRequestReviewers()),
        new GitFeatures(
            Optional.ofNullable(git.signingKey()).map(file -> signing(file, git)),
            git.lfs(),
            git.submodules(),
            git.sparse()),
        new GitAccess(
            git.allowedUrls(),
            Optional.ofNullable(git.caFile()),
            Optional.ofNullable(git.proxy()).map(url -> proxy(url, git))));
  }

  private static Proxy proxy(URI url, GitSection git) {
    return new Proxy(
        url,
        Optional.ofNullable(git.proxyUsername()),
        secret(git.proxyPassword(), git.proxyPasswordFile()),
        git.noProxy());
  }

  private static SigningKey signing(Path file, GitSection git) {
    return new SigningKey(
        file,
        Optional.ofNullable(git.signingFormat()).map(word -> word.toUpperCase(Locale.ROOT)),
        secret(git.signingPassphrase(), git.signingPassphraseFile()));
  }

  private static Credential credential(CredentialDocument entry) {
    Matcher host = HOST_AND_PORT.matcher(entry.host().toLowerCase(Locale.ROOT));
    if (!host.matches()) {
      throw new IllegalStateException("a host's form was not checked");
    }
    String port = host.group(2);
    return new Credential(
        host.group(1),
        port == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(port)),
        Optional.ofNullable(entry.service()),
        Optional.ofNullable(entry.username()),
        token(entry),
        secret(entry.token(), entry.tokenFile())
            .or(() -> secret(entry.password(), entry.passwordFile())),
        new Ssh(
            Optional.ofNullable(entry.sshKey()),
            secret(entry.passphrase(), entry.passphraseFile()),
            entry.sshAgent(),
            Optional.ofNullable(entry.knownHosts())),
        new Api(
            Optional.ofNullable(entry.apiUrl()), secret(entry.apiToken(), entry.apiTokenFile())),
        entry.allowInsecureHttp());
  }

  private static Optional<TokenSource> token(CredentialDocument entry) {
    Optional<TokenSource> given =
        first(entry.token(), entry.password()).map(TokenSource.Given::new);
    Optional<TokenSource> file =
        first(entry.tokenFile(), entry.passwordFile())
            .map(SecretFile::path)
            .map(TokenSource.InFile::new);
    return given
        .or(() -> file)
        .or(() -> Optional.ofNullable(entry.tokenCommand()).map(TokenSource.ByCommand::new));
  }

  private static Avatar avatar(AvatarSection avatar) {
    return new Avatar(
        avatar.id(),
        Objects.requireNonNullElse(avatar.name(), avatar.id()),
        avatar.workspace(),
        avatar.stateDir(),
        avatar.logDir(),
        avatar.topicName(),
        avatar.concurrency());
  }

  /** Without a baseline of its own, a configuration leaves it to what fails a task. */
  private static Execution execution(ExecutionSection execution) {
    return new Execution(
        execution.stepTimeout(),
        execution.testTimeout(),
        new TestPolicy(
            Optional.of(execution.testBaseline()).filter(wanted -> wanted),
            Optional.of(FailOn.of(execution.testFailOn()))),
        execution.taskTimeout(),
        execution.stageTimeout(),
        execution.stallTimeout(),
        execution.maxAttempts(),
        execution.logQuota(),
        execution.environment(),
        execution.secrets());
  }

  private static Status status(WordsSection words) {
    return new Status(
        Map.of(
            TaskState.TODO, words.todo(),
            TaskState.IN_PROGRESS, words.inProgress(),
            TaskState.DONE, words.done(),
            TaskState.FAILED, words.failed(),
            TaskState.CANCELLED, words.cancelled()));
  }

  /** The secret that one of two keys gives. */
  private static Optional<Secret> secret(@Nullable Secret given, @Nullable SecretFile file) {
    return first(given, file == null ? null : file.secret());
  }

  private static <T> Optional<T> first(@Nullable T one, @Nullable T other) {
    return Optional.ofNullable(one).or(() -> Optional.ofNullable(other));
  }
}
