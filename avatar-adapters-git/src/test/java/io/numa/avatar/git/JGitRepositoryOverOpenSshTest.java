package io.numa.avatar.git;

import io.numa.avatar.git.fixture.OpenSsh;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.task.RepositoryUrl;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(TransfersOnly.class)
class JGitRepositoryOverOpenSshTest extends JGitContract {
  private @Nullable OpenSsh ssh;
  private Path key = Path.of("");

  @BeforeAll
  void startSsh(@TempDir Path folder) throws Exception {
    ssh = OpenSsh.startFast(folder.resolve("ssh"));
    key = ssh.authorizeNewKey("ed25519", "");
  }

  @AfterAll
  void stopSsh() {
    if (ssh != null) {
      ssh.close();
    }
  }

  @Override
  GitSettings settings() throws IOException {
    return GitSettings.of(IDENTITY).withCredentials(ssh.credential(key, ""));
  }

  @Override
  public RepositoryUrl url(String name) {
    return RepositoryUrl.parse(ssh.url(server.path(name)));
  }
}
