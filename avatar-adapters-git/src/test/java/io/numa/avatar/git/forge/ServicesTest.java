package io.numa.avatar.git.forge;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.git.settings.HostingService;
import io.numa.avatar.task.RepositoryUrl;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The URL of a repository's API. */
final class ServicesTest {
  @ParameterizedTest
  @CsvSource({
    "https://github.com/o/r.git, https://api.github.com/",
    "git@github.com:o/r.git, https://api.github.com/",
    "ssh://git@ssh.github.com:443/o/r.git, https://api.github.com/",
    "https://acme.ghe.com/o/r, https://api.acme.ghe.com/",
    "https://github.example.com/o/r.git, https://github.example.com/api/v3",
    "https://gitlab.com/g/s/r.git, https://gitlab.com/api/v4",
    "ssh://git@gitlab.example.com:2222/g/r.git, https://gitlab.example.com/api/v4",
    "git@altssh.gitlab.com:g/r.git, https://gitlab.com/api/v4",
    "http://gitlab.example.com:8080/g/r.git, http://gitlab.example.com:8080/api/v4",
    "https://codeberg.org/o/r.git, https://codeberg.org/api/v1",
    "https://gitee.com/o/r.git, https://gitee.com/api/v5",
    "https://bitbucket.org/w/r.git, https://api.bitbucket.org/2.0",
    "git@bitbucket.org:w/r.git, https://api.bitbucket.org/2.0",
  })
  void findsTheApi(String repository, String api) {
    RepositoryUrl address = RepositoryUrl.parse(repository);

    assertThat(Services.root(host(address), address)).hasToString(api);
  }

  @ParameterizedTest
  @CsvSource({
    "https://git.example.com/gitlab/g/s/r.git, https://git.example.com/gitlab/api/v4, g/s/r",
    "https://git.example.com/g/s/r.git/, https://git.example.com/api/v4, g/s/r",
    "git@git.example.com:g/r, https://git.example.com/api/v4, g/r",
    "ssh://git@git.example.com/g/a%20b.git, https://elsewhere.example.com/, g/a b",
  })
  void findsTheProject(String repository, String api, String name) {
    RepositoryUrl address = RepositoryUrl.parse(repository);
    ForgeHost host =
        ForgeHost.of(address.host(), HostingService.GITLAB).withApiUrl(URI.create(api));

    assertThat(Services.project(host, address).path()).isEqualTo(List.of(name.split("/")));
  }

  private static ForgeHost host(RepositoryUrl address) {
    return ForgeHost.of(address.host(), HostingService.guess(address.host()));
  }
}
