package io.numa.avatar.git;

import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.git.settings.HostCredential;
import io.numa.avatar.port.Secret;
import io.numa.avatar.task.RepositoryUrl;
import java.io.IOException;

class JGitRepositoryOverHttpTest extends JGitContract {
  @Override
  GitSettings settings() throws IOException {
    server.requirePassword("bot", "s3cret");
    return GitSettings.of(IDENTITY)
        .withCredentials(HostCredential.password("127.0.0.1:*", "bot", new Secret("s3cret")));
  }

  @Override
  public RepositoryUrl url(String name) {
    return RepositoryUrl.parse(server.httpUrl(name));
  }
}
