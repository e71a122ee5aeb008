package io.numa.avatar.git.forge;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.task.RepositoryUrl;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GerritPagesTest {
  private static final RepositoryUrl SSH =
      RepositoryUrl.parse("ssh://bot@git.example.com:29418/team/shop");

  private final GerritPages pages = GerritPages.of(SSH, Optional.empty());

  @ParameterizedTest
  @CsvSource({
    "'  https://git.example.com/c/team/shop/+/1234 Let people in [NEW]',"
        + " https://git.example.com/c/team/shop/+/1234",
    "'\nSUCCESS\n\n  http://git.example.com:8080/r/c/shop/+/7 x [WIP]',"
        + " http://git.example.com:8080/r/c/shop/+/7",
    "'New Changes:\n  https://git.example.com/1234 x', https://git.example.com/1234",
    "'  https://git.example.com/#/c/1234/ x', https://git.example.com/#/c/1234/",
    "'change https://git.example.com/c/shop/+/9 closed', https://git.example.com/c/shop/+/9",
    "'  https://evil.example/c/a/+/1 x\n  https://git.example.com/c/a/+/2 y',"
        + " https://git.example.com/c/a/+/2",
  })
  void findsAChange(String said, String url) {
    assertThat(pages.change(said)).contains(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  https://evil.example/c/team/shop/+/1234 Let people in [NEW]",
        "  https://git.example.com.evil.example/c/a/+/1",
        "  https://git.example.com@evil.example/c/a/+/1",
        "  https://bot:x@git.example.com/c/a/+/1",
        "  ftp://git.example.com/c/a/+/1",
        "  javascript://git.example.com/c/a/+/1",
        "  https://git.example.com/docs/how-to",
        "  https://git.example.com/c/a/+/1?then=https://evil.example",
        "see https://git.example.com/c/a/+/1",
        "  https://git.example.com/c/a/+/1\u202e x"
      })
  void takesNothingElseForOne(String said) {
    assertThat(pages.change(said)).isEmpty();
  }

  @Test
  void searchesWhereThePagesAre() {
    var named = GerritPages.of(SSH, Optional.of(URI.create("https://review.example.com/r/")));

    assertThat(pages.search("I1")).isEqualTo("https://git.example.com/q/I1");
    assertThat(named.search("I1")).isEqualTo("https://review.example.com/r/q/I1");
    assertThat(named.change("  https://review.example.com/r/c/a/+/1"))
        .contains("https://review.example.com/r/c/a/+/1");
    assertThat(named.change("  https://git.example.com/c/a/+/1")).isPresent();
  }
}
