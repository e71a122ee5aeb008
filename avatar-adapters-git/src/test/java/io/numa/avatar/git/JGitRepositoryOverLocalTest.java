package io.numa.avatar.git;

import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.task.RepositoryUrl;
import java.io.IOException;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TransfersOnly.class)
class JGitRepositoryOverLocalTest extends JGitContract {
  @Override
  GitSettings settings() throws IOException {
    return GitSettings.of(IDENTITY);
  }

  @Override
  public RepositoryUrl url(String name) {
    return RepositoryUrl.parse(server.path(name).toString());
  }
}
