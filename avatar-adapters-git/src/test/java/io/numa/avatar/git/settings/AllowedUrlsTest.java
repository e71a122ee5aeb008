package io.numa.avatar.git.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import java.net.URL;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedUrlsTest {
  private static final AllowedUrls BY_DEFAULT =
      AllowedUrls.of(List.of("https://*", "http://*", "ssh://*"));

  private static final AllowedUrls ACME =
      AllowedUrls.of(
          List.of(
              "https://github.com/acme/*",
              "ssh://git@git.example.com/srv/acme/*",
              "https://*.example.org:8443/one.git"));

  private static void check(AllowedUrls allowed, String url) {
    allowed.requireAllowed(RepositoryUrl.parse(url));
  }

  /** The patterns refuse the URL, or it is not an address at all. */
  private static void assertRefused(AllowedUrls allowed, String url) {
    assertThatThrownBy(() -> check(allowed, url))
        .satisfiesAnyOf(
            failure -> assertThat(failure).isInstanceOf(IllegalArgumentException.class),
            failure ->
                assertThat(failure)
                    .isInstanceOf(PortException.class)
                    .hasMessageContaining("git.allowed_urls"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://github.com/acme/app.git",
        "https://github.com/acme/app",
        "https://github.com/acme/app/",
        "https://GitHub.COM/acme/app.git",
        "https://github.com:443/acme/app.git",
        "https://bot@github.com/acme/group/app.git",
        "https://github.com/acme/%61pp.git",
        "ssh://git@git.example.com/srv/acme/app.git",
        "ssh://git@git.example.com:22/srv/acme/app.git",
        "git+ssh://git@git.example.com/srv/acme/app.git",
        "git@git.example.com:srv/acme/app.git",
        "git@git.example.com:/srv/acme/app.git",
        "https://a.example.org:8443/one",
        "https://b.a.example.org:8443/one.git",
      })
  void allowsWhatAPatternMeans(String url) {
    assertThatCode(() -> check(ACME, url)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // another place
        "http://github.com/acme/app",
        "https://github.com/acme",
        "https://github.com/acme/",
        "https://github.com/acme.git",
        "https://github.com/acmeevil/app",
        "https://github.com/Acme/app",
        "https://github.com:8443/acme/app",
        "https://github.com.evil.example/acme/app",
        "https://github.com./acme/app",
        "https://evilgithub.com/acme/app",
        "https://example.org:8443/one.git",
        "https://evilexample.org:8443/one.git",
        "https://a.example.org/one.git",
        "https://a.example.org:8443/one/two.git",
        "ssh://root@git.example.com/srv/acme/app",
        "ssh://git.example.com/srv/acme/app",
        "git.example.com:srv/acme/app",
        "/srv/acme/app",
        "file:///srv/acme/app",
        // the path leads elsewhere
        "https://github.com/acme/../evil/app",
        "https://github.com/acme/./../evil/app",
        "https://github.com/acme/%2e%2e/evil/app",
        "https://github.com/acme/%2E./evil/app",
        "https://github.com/acme/%252e%252e/evil/app",
        "https://github.com/acme%2f..%2fevil/app",
        "https://github.com/acme/..%2fevil%2fapp",
        "https://github.com/acme/..%5cevil/app",
        "https://github.com/acme/..\\evil/app",
        "https://github.com//acme/app",
        "https://github.com/acme//app",
        "https://github.com/acme/..;/evil/app",
        "https://github.com/acme/%00/app",
        "https://github.com/acme/app%0d%0aHost:%20evil",
        "https://github.com/evil/acme/app",
        "https://github.com/evil/../acme/app",
        "git@git.example.com:srv/acme/../evil",
        "git@git.example.com:../srv/acme/app",
        "ssh://git@git.example.com/~root/srv/acme/app",
        "ssh://git@git.example.com/srv/acme/../../etc",
        // the host is not what it seems; JGit takes the scheme in capitals for a host of SSH
        "HTTPS://github.com/acme/app",
        "https://github.com@evil.example/acme/app",
        "https://github.com%40evil.example/acme/app",
        "https://github.com%2f@evil.example/acme/app",
        "https://evil.example/@github.com/acme/app",
        "https://evil.example\\@github.com/acme/app",
        "https://github.com\\.evil.example/acme/app",
        "https://github.com:443@evil.example/acme/app",
        "https://github.com#@evil.example/acme/app",
        "https://github.com?@evil.example/acme/app",
        "https://github.com\t.evil.example/acme/app",
        "https://git\u0131hub.com/acme/app",
        "https://\uff47ithub.com/acme/app",
        "https:github.com/acme/app",
        "https:///github.com/acme/app",
        "https:////github.com/acme/app",
        "https://[github.com]/acme/app",
        "https://@github.com@evil.example/acme/app",
        "git@git.example.com@evil.example:srv/acme/app",
        "evil.example:git@git.example.com:srv/acme/app",
        "ssh://git@git.example.com%20-oProxyCommand=id/srv/acme/app",
        "ssh://-oProxyCommand=id/srv/acme/app",
        // transports that the avatar does not support
        "ext::sh -c id",
        "ftp://github.com/acme/app",
        "git://github.com/acme/app",
        "javascript://github.com/acme/app",
      })
  void refusesWhatNoPatternMeans(String url) {
    assertRefused(ACME, url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://git.example.com/any/app.git",
        "http://127.0.0.1:7300/app.git",
        "ssh://git@git.example.com:2222/app.git",
        "git@git.example.com:app.git",
        "https://[::1]:8443/app.git",
      })
  void allowsEveryHostByDefault(String url) {
    assertThatCode(() -> check(BY_DEFAULT, url)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/srv/app.git",
        "file:///srv/app.git",
        "FILE:///srv/app.git",
        "file:/srv/app.git",
        "file://localhost/srv/app.git",
        "file://host/srv/app.git",
      })
  void refusesThisMachinesOwnByDefault(String url) {
    assertRefused(BY_DEFAULT, url);
  }

  @Test
  void saysWhichSettingRefuses() {
    var failure =
        catchThrowableOfType(
            PortException.class, () -> check(ACME, "https://bot@git.example.com/app.git"));

    assertThat(failure.kind()).isEqualTo(FailureKind.DENIED);
    assertThat(failure)
        .hasMessage(
            "could not reach 'https://bot@git.example.com/app.git':"
                + " git.allowed_urls does not allow it");
  }

  @Test
  void allowsOneRepositoryBeside() {
    AllowedUrls more = BY_DEFAULT.and(RepositoryUrl.parse("/srv/app.git"));

    assertThatCode(() -> check(more, "/srv/app.git")).doesNotThrowAnyException();
    assertRefused(more, "/srv/other.git");
    assertRefused(more, "/srv/app.git/../other.git");
  }

  @ParameterizedTest
  @CsvSource({
    "https://github.com/acme/app.git/info/refs?service=git-upload-pack, true",
    "https://github.com/acme/app/git-receive-pack, true",
    "https://github.com/acme/app/objects/12/34, true",
    "https://github.com/evil/app/info/refs, false",
    "https://github.com/acme/../evil/app/info/refs, false",
    "https://github.com/acme/%2e%2e/evil/info/refs, false",
    "https://evil.example/github.com/acme/app/info/refs, false",
    "https://github.com@evil.example/acme/app/info/refs, false",
    "http://github.com/acme/app/info/refs, false",
    "https://github.com:8443/acme/app/info/refs, false",
  })
  void judgesRequestsByTheirRepository(URL request, boolean allowed) {
    if (allowed) {
      assertThatCode(() -> ACME.requireAllowed(request)).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(() -> ACME.requireAllowed(request)).isInstanceOf(PortException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://github.com, https://github.com/any/app, true",
    "https://github.com/, https://github.com/any/../app, true",
    "https://github.com/*/app, https://github.com/any/app.git, true",
    "https://github.com/*/app, https://github.com/any/other/app, false",
    "https://github.com/acme-*, https://github.com/acme-1, true",
    "https://github.com/acme-*, https://github.com/acme-1/app, false",
    "https://github.com/acme/app.git, https://github.com/acme/app, true",
    "https://github.com/acme/app, https://github.com/acme/app.git, true",
    "https://github.com/acme/app, https://github.com/acme/apps, false",
    "https://github.com/a.c/*, https://github.com/abc/app, false",
    "https://*:8443/acme/*, https://any.example:8443/acme/app, true",
    "https://*:8443/acme/*, https://any.example/acme/app, false",
    "https://git.example.com:*, https://git.example.com:9/app, true",
    "ssh://Git@host, ssh://git@host/app, false",
    "ssh://Git@HOST, ssh://Git@host/app, true",
    "https://[::1]:8443, https://[::1]:8443/app, true",
    "file:///srv/*, /srv/app, true",
    "/srv/*, file:///srv/app.git, true",
    "/srv/*, /srv/../etc, false",
    "/srv/*, /etc/srv/app, false",
  })
  void readsPatterns(String pattern, String url, boolean allowed) {
    AllowedUrls one = AllowedUrls.of(List.of(pattern));
    if (allowed) {
      assertThatCode(() -> check(one, url)).doesNotThrowAnyException();
    } else {
      assertRefused(one, url);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "github.com",
        "*",
        "https://",
        "ftp://host",
        "https:///path",
        "file://host/path",
        "https://user:pass@host",
        "https://ho*st",
        "https://host:port",
        "git@host:path"
      })
  void refusesWhatIsNoPattern(String text) {
    assertThatThrownBy(() -> AllowedUrls.of(List.of(text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "'");
  }
}
