package io.numa.avatar.cli.config;

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
import io.numa.avatar.git.TokenSource;
import io.numa.avatar.plan.TestPolicy;
import io.numa.avatar.plan.TestPolicy.FailOn;
import io.numa.avatar.task.TaskState;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts sound values in their places. */
final class Assembly {
  private static final Pattern HOST_AND_PORT = Pattern.compile("(.*?)(?::([0-9]+))?");

  private Assembly() {}

  static Configuration of(Values values) {
    return new Configuration(
        backend(values),
        git(values),
        avatar(values),
        logs(values),
        new Polling(values.get(Keys.POLLING_INTERVAL), values.get(Keys.POLLING_WAIT)),
        execution(values),
        guard(values),
        workspace(values),
        new Cancellation(values.get(Keys.CANCELLATION_INTERVAL)),
        status(values),
        new Shutdown(values.get(Keys.SHUTDOWN_DRAIN)));
  }

  private static Optional<Backend> backend(Values values) {
    return values
        .find(Keys.BACKEND_URL)
        .map(
            url ->
                new Backend(
                    url,
                    Rules.secret(values, Keys.BACKEND_API_TOKEN, Keys.BACKEND_API_TOKEN_FILE)));
  }

  private static Git git(Values values) {
    return new Git(
        values.get(Keys.GIT_USERNAME),
        values.get(Keys.GIT_EMAIL),
        values.get(Keys.GIT_CREDENTIALS).stream().map(Assembly::credential).toList(),
        values.get(Keys.GIT_TIMEOUT),
        values.get(Keys.GIT_DEPTH),
        values.get(Keys.GIT_ALLOW_DEFAULT_BRANCH),
        new ChangeRequests(
            values.get(Keys.GIT_CHANGE_REQUEST),
            values.get(Keys.GIT_CHANGE_REQUEST_LABELS),
            values.get(Keys.GIT_CHANGE_REQUEST_REVIEWERS)),
        gitFeatures(values),
        new GitAccess(
            values.get(Keys.GIT_ALLOWED_URLS),
            values.find(Keys.GIT_CA_FILE),
            values.find(Keys.GIT_PROXY).map(url -> proxy(url, values))));
  }

  private static Proxy proxy(URI url, Values values) {
    return new Proxy(
        url,
        values.find(Keys.GIT_PROXY_USERNAME),
        Rules.secret(values, Keys.GIT_PROXY_PASSWORD, Keys.GIT_PROXY_PASSWORD_FILE),
        values.get(Keys.GIT_NO_PROXY));
  }

  private static GitFeatures gitFeatures(Values values) {
    return new GitFeatures(
        values.find(Keys.GIT_SIGNING_KEY).map(file -> signing(file, values)),
        values.get(Keys.GIT_LFS),
        values.get(Keys.GIT_SUBMODULES),
        values.get(Keys.GIT_SPARSE));
  }

  private static SigningKey signing(Path file, Values values) {
    return new SigningKey(
        file,
        values.find(Keys.GIT_SIGNING_FORMAT).map(word -> word.toUpperCase(Locale.ROOT)),
        Rules.secret(values, Keys.GIT_SIGNING_PASSPHRASE, Keys.GIT_SIGNING_PASSPHRASE_FILE));
  }

  private static Credential credential(Values entry) {
    Matcher host = HOST_AND_PORT.matcher(entry.get(CredentialKeys.HOST).toLowerCase(Locale.ROOT));
    if (!host.matches()) {
      throw new IllegalStateException("a host's form was not checked");
    }
    String port = host.group(2);
    return new Credential(
        host.group(1),
        port == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(port)),
        entry.find(CredentialKeys.SERVICE),
        entry.find(CredentialKeys.USERNAME),
        token(entry),
        Rules.secret(entry, CredentialKeys.TOKEN, CredentialKeys.TOKEN_FILE)
            .or(() -> Rules.secret(entry, CredentialKeys.PASSWORD, CredentialKeys.PASSWORD_FILE)),
        new Ssh(
            entry.find(CredentialKeys.SSH_KEY),
            Rules.secret(entry, CredentialKeys.PASSPHRASE, CredentialKeys.PASSPHRASE_FILE),
            entry.get(CredentialKeys.SSH_AGENT),
            entry.find(CredentialKeys.KNOWN_HOSTS)),
        new Api(
            entry.find(CredentialKeys.API_URL),
            Rules.secret(entry, CredentialKeys.API_TOKEN, CredentialKeys.API_TOKEN_FILE)),
        entry.get(CredentialKeys.ALLOW_INSECURE_HTTP));
  }

  private static Optional<TokenSource> token(Values entry) {
    Optional<TokenSource> given =
        entry
            .find(CredentialKeys.TOKEN)
            .or(() -> entry.find(CredentialKeys.PASSWORD))
            .map(TokenSource.Given::new);
    Optional<TokenSource> file =
        entry
            .find(CredentialKeys.TOKEN_FILE)
            .or(() -> entry.find(CredentialKeys.PASSWORD_FILE))
            .map(SecretFile::path)
            .map(TokenSource.InFile::new);
    return given
        .or(() -> file)
        .or(() -> entry.find(CredentialKeys.TOKEN_COMMAND).map(TokenSource.ByCommand::new));
  }

  private static Avatar avatar(Values values) {
    return new Avatar(
        values.get(Keys.AVATAR_ID),
        values.get(Keys.AVATAR_NAME),
        values.get(Keys.AVATAR_WORKSPACE),
        values.get(Keys.AVATAR_STATE_DIR),
        values.get(Keys.AVATAR_LOG_DIR),
        values.get(Keys.AVATAR_TOPIC_NAME),
        values.get(Keys.AVATAR_CONCURRENCY));
  }

  private static Logs logs(Values values) {
    return new Logs(
        values.find(Keys.LOGS_FILE), values.get(Keys.LOGS_MAX_SIZE), values.get(Keys.LOGS_KEEP));
  }

  private static Execution execution(Values values) {
    return new Execution(
        values.get(Keys.EXECUTION_STEP_TIMEOUT),
        values.get(Keys.EXECUTION_TEST_TIMEOUT),
        testPolicy(values),
        values.get(Keys.EXECUTION_TASK_TIMEOUT),
        values.get(Keys.EXECUTION_STAGE_TIMEOUT),
        values.get(Keys.EXECUTION_STALL_TIMEOUT),
        values.get(Keys.EXECUTION_MAX_ATTEMPTS),
        values.get(Keys.EXECUTION_LOG_QUOTA),
        values.get(Keys.EXECUTION_ENVIRONMENT),
        values.get(Keys.EXECUTION_SECRETS));
  }

  private static Guard guard(Values values) {
    return new Guard(
        values.get(Keys.GUARD_PROTECTED_PATHS),
        values.get(Keys.GUARD_MAX_FILES),
        values.get(Keys.GUARD_MAX_FILE_SIZE),
        values.get(Keys.GUARD_MAX_CHANGE_SIZE));
  }

  private static Workspace workspace(Values values) {
    return new Workspace(
        values.get(Keys.WORKSPACE_KEEP_FAILED),
        values.get(Keys.WORKSPACE_MIN_FREE),
        values.get(Keys.WORKSPACE_KEEP_CACHES),
        values.get(Keys.WORKSPACE_MAX_SIZE));
  }

  /** Without a baseline of its own, a configuration leaves it to what fails a task. */
  private static TestPolicy testPolicy(Values values) {
    return new TestPolicy(
        Optional.of(values.get(Keys.EXECUTION_TEST_BASELINE)).filter(wanted -> wanted),
        Optional.of(FailOn.of(values.get(Keys.EXECUTION_TEST_FAIL_ON))));
  }

  private static Status status(Values values) {
    return new Status(
        Map.of(
            TaskState.TODO, values.get(Keys.STATUS_TODO),
            TaskState.IN_PROGRESS, values.get(Keys.STATUS_IN_PROGRESS),
            TaskState.DONE, values.get(Keys.STATUS_DONE),
            TaskState.FAILED, values.get(Keys.STATUS_FAILED),
            TaskState.CANCELLED, values.get(Keys.STATUS_CANCELLED)));
  }
}
