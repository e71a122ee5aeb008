package io.numa.avatar.git.internal.lfs;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.task.RepositoryUrl;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LfsPointerTest {
  private static final String OID = "0123456789abcdef".repeat(4);
  private static final String TEXT =
      "version https://git-lfs.github.com/spec/v1\noid sha256:" + OID + "\nsize 12\n";

  @Test
  void readsWhatItWrites() {
    var pointer = new LfsPointer(OID, 12);

    assertThat(pointer.blob()).asString(US_ASCII).isEqualTo(TEXT);
    assertThat(LfsPointer.parse(pointer.blob())).contains(pointer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello\n",
        "version https://git-lfs.github.com/spec/v2\noid sha256:@\nsize 12\n",
        "version https://git-lfs.github.com/spec/v1\nsize 12\noid sha256:@\n",
        "version https://git-lfs.github.com/spec/v1\noid sha1:@\nsize 12\n",
        "version https://git-lfs.github.com/spec/v1\noid sha256:../@\nsize 12\n",
        "version https://git-lfs.github.com/spec/v1\noid sha256:@\nsize -12\n",
        "version https://git-lfs.github.com/spec/v1\noid sha256:@\nsize 9999999999999999999\n",
        "version https://git-lfs.github.com/spec/v1\noid sha256:@\nsize 12",
        "version https://git-lfs.github.com/spec/v1\r\noid sha256:@\r\nsize 12\r\n",
        "version https://git-lfs.github.com/spec/v1\next-0-x sha256:@\noid sha256:@\nsize 1\n"
      })
  void takesNothingElseForAPointer(String text) {
    assertThat(LfsPointer.parse(text.replace("@", OID).getBytes(US_ASCII))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "https://git.example.com/a/b.git, https://git.example.com/a/b.git/info/lfs",
    "https://git.example.com:8443/a/b/, https://git.example.com:8443/a/b.git/info/lfs",
    "git@git.example.com:a/b.git, https://git.example.com/a/b.git/info/lfs",
    "git.example.com:/a/b, https://git.example.com/a/b.git/info/lfs",
    "ssh://git@git.example.com:2222/a/b.git, https://git.example.com/a/b.git/info/lfs"
  })
  void knowsWhereTheServerOfARepositoryUsuallyIs(String repository, String server) {
    assertThat(LfsEndpoint.usual(RepositoryUrl.parse(repository))).isEqualTo(URI.create(server));
  }
}
