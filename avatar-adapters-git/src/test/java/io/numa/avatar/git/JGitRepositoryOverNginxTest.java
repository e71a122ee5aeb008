package io.numa.avatar.git;

import io.numa.avatar.git.fixture.NginxGit;
import io.numa.avatar.git.settings.CertificateAuthorities;
import io.numa.avatar.git.settings.GitAccess;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.git.settings.HostCredential;
import io.numa.avatar.git.settings.HttpNetwork;
import io.numa.avatar.port.Secret;
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
class JGitRepositoryOverNginxTest extends JGitContract {
  private @Nullable NginxGit nginx;

  @BeforeAll
  void startNginx(@TempDir Path folder) throws Exception {
    nginx = NginxGit.start(folder.resolve("nginx"));
    nginx.requirePassword("s3cret");
  }

  @AfterAll
  void stopNginx() {
    if (nginx != null) {
      nginx.close();
    }
  }

  @Override
  GitSettings settings() throws IOException {
    var network =
        HttpNetwork.DIRECT.withAuthorities(CertificateAuthorities.read(nginx.certificate()));
    return GitSettings.of(IDENTITY)
        .withAccess(GitAccess.open().withNetwork(network))
        .withCredentials(
            HostCredential.password("127.0.0.1:*", NginxGit.USER, new Secret("s3cret")));
  }

  @Override
  public RepositoryUrl url(String name) {
    return RepositoryUrl.parse(nginx.secureUrl(server.path(name)));
  }
}
