package io.numa.avatar.git.internal.lfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.numa.avatar.git.settings.GitIdentity;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import org.eclipse.jgit.lib.Config;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** http-kit#336: also with hosts that Java's URI rules refuse. */
class LfsEndpointTest {
  @ParameterizedTest
  @CsvSource({
    "https://git.example.com/a/b.git, https://git.example.com/a/b.git/info/lfs",
    "https://git.example.com:8443/a/b/, https://git.example.com:8443/a/b.git/info/lfs",
    "https://git.example.com/a b/ü.git, https://git.example.com/a%20b/%C3%BC.git/info/lfs",
    "http://git_server:3000/a/b.git, http://git_server:3000/a/b.git/info/lfs",
    "git@git.example.com:a/b.git, https://git.example.com/a/b.git/info/lfs",
    "git@git_server:a/b c.git, https://git_server/a/b%20c.git/info/lfs",
    "git.example.com:/a/b, https://git.example.com/a/b.git/info/lfs",
    "ssh://git@git.example.com:2222/a/b.git, https://git.example.com/a/b.git/info/lfs",
    "ssh://git@git_server:2222/a/b.git, https://git_server/a/b.git/info/lfs"
  })
  void knowsWhereTheServerOfARepositoryUsuallyIs(String repository, String server) {
    assertThat(LfsEndpoint.usual(RepositoryUrl.parse(repository))).hasToString(server);
  }

  @ParameterizedTest
  @CsvSource({
    "https://git.example.com/lfs/, https://git.example.com/lfs",
    "https://GIT.example.com:443/lfs, https://git.example.com/lfs",
    "https://git.example.com/my lfs/info, https://git.example.com/my%20lfs/info",
    "' https://git.example.com/lfs ', https://git.example.com/lfs",
    "ssh://git@git.example.com/x/y.git, https://git.example.com/x/y.git/info/lfs",
    "git@git.example.com:x/y.git, https://git.example.com/x/y.git/info/lfs"
  })
  void lfsConfigMayNameAnotherPath(String url, String server) {
    assertThat(of("https://git.example.com/a/b.git", url)).hasToString(server);
    assertThat(of("git@git.example.com:a/b.git", url)).hasToString(server);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://other.example.com/lfs",
        "http://git.example.com/lfs",
        "https://git.example.com:8443/lfs",
        "https://bot:pw@git.example.com/lfs",
        "ssh://git@other.example.com/x/y.git",
        "file:///etc",
        "/etc",
        "nonsense"
      })
  void lfsConfigMayNameNoOtherServer(String url) {
    var failure =
        catchThrowableOfType(PortException.class, () -> of("https://git.example.com/a/b.git", url));

    assertThat(failure.kind()).isEqualTo(FailureKind.DENIED);
    assertThat(failure).hasMessageContaining("https://git.example.com:443");
  }

  private static Object of(String repository, String lfsUrl) {
    var settings = new Config();
    settings.setString("lfs", null, "url", lfsUrl);
    var server =
        LfsEndpoint.of(
            RepositoryUrl.parse(repository),
            new LfsConfig(settings),
            GitSettings.of(new GitIdentity("a", "a@example.com")));
    return ((HttpLfsServer) server).endpoint();
  }
}
