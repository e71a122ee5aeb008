package io.numa.avatar.git;

import io.numa.avatar.git.settings.CacheSettings;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.port.repository.Repository;
import io.numa.avatar.task.RepositoryUrl;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The contract with a cache: every checkout finds the files of previous ones. */
class JGitRepositoryReusingTest extends JGitContract {
  private @Nullable Repository repository;

  @Override
  GitSettings settings() throws IOException {
    return GitSettings.of(IDENTITY).withReuse(CacheSettings.in(temp.resolve("reuse")));
  }

  /** One instance for the whole test, as only one may use the cache folder. */
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
