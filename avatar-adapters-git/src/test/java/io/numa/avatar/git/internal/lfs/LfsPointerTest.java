package io.numa.avatar.git.internal.lfs;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.task.RepositoryUrl;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LfsPointerTest {
  private static final String OID = "0123456789abcdef".repeat(4);
  private static final String TEXT =
      "version https://git-lfs.github.com/spec/v1\noid sha256:" + OID + "\nsize 12\n";

  @Test
  void readsWhatItWrites() {
    var pointer = new LfsPointer(OID, 12);

    assertThat(pointer.blob()).asString(US_ASCII).isEqualTo(TEXT);
    assertThat(PointerText.of(pointer.blob())).isEqualTo(new PointerText.Pointer(pointer));
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
