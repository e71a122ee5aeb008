package io.numa.avatar.git;

import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.task.RepositoryUrl;
import java.io.IOException;

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
