package io.numa.avatar.git;

import io.numa.avatar.git.settings.CacheSettings;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.port.repository.Repository;
import io.numa.avatar.task.RepositoryUrl;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The contract where every checkout finds what earlier ones have left. */
class JGitRepositoryReusingTest extends JGitContract {
  private @Nullable Repository repository;

  @Override
  GitSettings settings() throws IOException {
    return GitSettings.of(IDENTITY).withReuse(CacheSettings.in(temp.resolve("reuse")));
  }

  /** The same for the whole test: it has its folder to itself. */
  @Override
  public Repository repository() throws IOException {
    if (repository == null) {
      repository = super.repository();
    }
    return repository;
  }

  @Override
  public RepositoryUrl url(String name) {
    return RepositoryUrl.parse(server.httpUrl(name));
  }
}
