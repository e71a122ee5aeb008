package io.numa.avatar.git;

import io.numa.avatar.git.fixture.OpenSsh;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.git.settings.HostCredential;
import io.numa.avatar.task.RepositoryUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.condition.DisabledIf;

/**
 * The contract over the testkit's SSH server, where OpenSSH is not installed: {@link
 * JGitRepositoryOverOpenSshTest} shows the same with a real one. {@code -Psoak} runs both.
 */
@DisabledIf(
    value = "isShownOverOpenSsh",
    disabledReason = "the same contract runs over OpenSSH; -Psoak runs it here, too")
class JGitRepositoryOverSshTest extends JGitContract {
  static boolean isShownOverOpenSsh() {
    return OpenSsh.isInstalled() && !Boolean.getBoolean("soak");
  }

  @Override
  GitSettings settings() throws IOException {
    Path key = temp.resolve("id");
    if (!Files.exists(key)) {
      server.authorizeNewKey(key);
    }
    Path knownHosts = temp.resolve("known_hosts");
    Files.writeString(knownHosts, server.knownHostsLine() + "\n");
    return GitSettings.of(IDENTITY)
        .withCredentials(HostCredential.sshKey("127.0.0.1", key, knownHosts));
  }

  @Override
  public RepositoryUrl url(String name) {
    return RepositoryUrl.parse(server.sshUrl(name));
  }
}
