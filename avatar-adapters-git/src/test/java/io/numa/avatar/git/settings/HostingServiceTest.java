package io.numa.avatar.git.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HostingServiceTest {
  @ParameterizedTest
  @CsvSource({
    "github.com, github, x-access-token",
    "GitHub.com, github, x-access-token",
    "ssh.github.com, github, x-access-token",
    "acme.ghe.com, github, x-access-token",
    "github.acme.example, github, x-access-token",
    "gitlab.com, gitlab, oauth2",
    "gitlab.acme.example, gitlab, oauth2",
    "codeberg.org, gitea, token",
    "gitea.com, gitea, token",
    "forgejo.acme.example, gitea, token",
    "gogs.acme.example, gitea, token",
    "gitee.com, gitee, oauth2",
    "bitbucket.org, bitbucket, x-token-auth",
    "dev.azure.com, azure, token",
    "ssh.dev.azure.com, azure, token",
    "acme.visualstudio.com, azure, token",
    "gerrit.acme.example, gerrit,",
    "go-review.googlesource.com, gerrit,",
    "git.acme.example, plain,",
    "notgithub.com, plain,",
    "github.com.evil.example, github, x-access-token",
    "mygithub, plain,",
    "127.0.0.1, plain,",
  })
  void isGuessedByTheHostAndHasAUserForTokens(String host, String word, String user) {
    HostingService service = HostingService.guess(host);

    assertThat(service.word()).isEqualTo(word);
    assertThat(service.tokenUser().orElse(null)).isEqualTo(user);
  }

  @ParameterizedTest
  @EnumSource
  void isFoundByItsWord(HostingService service) {
    assertThat(HostingService.of(service.word())).contains(service);
  }

  @Test
  void isWhatTheCredentialSaysBeforeAnyGuess() {
    var credential =
        HostCredential.token(
            "gitlab.com:8443", new TokenSource.Given(new Secret("glpat-12345678")));

    assertThat(credential.tokenUser()).contains("oauth2");
    assertThat(credential.withService(HostingService.GITHUB).tokenUser())
        .contains("x-access-token");
    assertThat(credential.withUsername("gitlab+deploy-token-7").tokenUser())
        .contains("gitlab+deploy-token-7");
  }
}
