package io.numa.avatar.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numa.avatar.task.RepositoryUrl.Transport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryUrlTest {
  @ParameterizedTest
  @CsvSource(
      emptyValue = "",
      value = {
        "https://github.com/a/b.git,         HTTPS, github.com,  -1",
        "https://bot@git.example.com:8443/b, HTTPS, git.example.com, 8443",
        "HTTPS://GitHub.COM/a/B.git,         HTTPS, github.com,  -1",
        "http://localhost:7301/b.git,        HTTP,  localhost,   7301",
        "http://[::1]:80/b,                  HTTP,  [::1],       80",
        "https://host/with space/b,          HTTPS, host,        -1",
        "ssh://git@host/~a/b.git,            SSH,   host,        -1",
        "ssh://git@host:2222/b.git,          SSH,   host,        2222",
        "git+ssh://git@host/b,               SSH,   host,        -1",
        "ssh+git://host/b,                   SSH,   host,        -1",
        "http://git_server:3000/b.git,       HTTP,  git_server,  3000",
        "https://_a.b_c.example/b,           HTTPS, _a.b_c.example, -1",
        "ssh://git@my_host:22/b,             SSH,   my_host,     22",
        "git@my_host:b.git,                  SSH,   my_host,     -1",
        "http://[fe80::1%eth0]:80/b,         HTTP,  [fe80::1%eth0], 80",
        "https://host/仓库/ü|^.git,            HTTPS, host,        -1",
        "https://host/100%/b,                HTTPS, host,        -1",
        "https://host,                       HTTPS, host,        -1",
        "file:///srv/a|b/%/c,                LOCAL, '',          -1",
        "git@github.com:a/b.git,             SSH,   github.com,  -1",
        "host:b.git,                         SSH,   host,        -1",
        "git@host:/srv/b.git,                SSH,   host,        -1",
        "git@[2001:db8::1]:b.git,            SSH,   [2001:db8::1], -1",
        "/srv/git/b.git,                     LOCAL, '',          -1",
        "/srv/git:x/b c,                     LOCAL, '',          -1",
        "file:///srv/git/b.git,              LOCAL, '',          -1",
      })
  void takesTheFormsThatGitTakes(String text, Transport transport, String host, int port) {
    assertThat(RepositoryUrl.parse(text))
        .isEqualTo(new RepositoryUrl(text, transport, host, port))
        .hasToString(text);
  }

  @ParameterizedTest
  @CsvSource({
    "relative/path,          ; expected http",
    "b.git,                  ; expected http",
    "'',                     not a repository address: ''",
    "'  ',                   not a repository address: '  '",
    "-oProxyCommand=x:b,     ; expected http",
    "git@-oProxyCommand=x:b, ; expected http",
    "git@host:,              ; expected http",
    "git://host/b,           'has an unknown scheme; known are http, https, ssh and file'",
    "ext::sh -c x://y,       has an unknown scheme",
    "ftp://host/b,           has an unknown scheme",
    "https:///b,             names no host",
    "https://host:99999/b,   no possible port",
    "https://host/b?t=x,     'carries a password, \'\'?\'\''",
    "a/b://c,                has an unknown scheme",
    "https://:80/b,          names no host",
    "https://ho_st%/b,       names no host",
    "https://-host/b,        names no host",
    "https://ho st/b,        names no host",
    "https://a@b@host/b,     carries a password",
    "https://host\\evil/b,   names no host",
  })
  void refusesEverythingElseAndSaysWhatIsWrong(String text, String message) {
    assertThatThrownBy(() -> RepositoryUrl.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  /** Addresses that make Git start helper programs. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ext::sh -c id",
        "ext::sh",
        "fd::7",
        "git@ext::sh",
        "ext://sh",
        "git://host/b",
        "ftps://host/b",
        "bundle://host/b",
        "--upload-pack=id",
        "-oProxyCommand=id:b",
      })
  void refusesEveryOtherTransport(String text) {
    assertThatThrownBy(() -> RepositoryUrl.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://bot:s3cret@host/b",
        "https://bot:/s3cret@host/b",
        "https://bot:p@s3cret@host/b",
        "https://bot:#s3cret@host/b",
        "https://bot:?s3cret@host/b",
        "bot:s3cret@host:b",
        "https://:s3cret@host/b",
        "HTTP://bot:s3cret@host:80/b",
        "ssh://git:s3cret@host/b",
        "file://bot:s3cret@host/b",
        "ftp://bot:s3cret@host/b",
        "https://bot:s3cret@/b",
        "https://bot:s3cret@host/%",
        "https://bot:s3cret@host/\0b",
        "https://bot:[s3cret@host/b",
      })
  void refusesPasswordsWithoutRepeatingThem(String text) {
    assertThatThrownBy(() -> RepositoryUrl.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause()
        .message()
        .doesNotContain("s3cret");
  }

  @ParameterizedTest
  @CsvSource({
    "http://host/b,          80",
    "https://host/b,         443",
    "https://host:8443/b,    8443",
    "ssh://git@host/b,       22",
    "git@host:b,             22",
    "ssh://git@host:2222/b,  2222",
    "/srv/git/b,             -1",
  })
  void knowsThePortsOfItsTransports(String address, int port) {
    assertThat(RepositoryUrl.parse(address).effectivePort()).isEqualTo(port);
  }

  @ParameterizedTest
  @CsvSource({
    "https://host/a%20b/c.git,  https://host/a%20b/c.git",
    "https://host/a b/c.git,    https://host/a%20b/c.git",
    "https://my_host/仓|^.git,   https://my_host/%E4%BB%93%7C%5E.git",
    "https://host/100%/b,       https://host/100%25/b",
    "https://host,              https://host",
    "git@host:a b,              git@host:a b",
  })
  void areEncodedForJavasParsers(String address, String encoded) {
    assertThat(RepositoryUrl.parse(address).encoded()).isEqualTo(encoded);
  }
}
