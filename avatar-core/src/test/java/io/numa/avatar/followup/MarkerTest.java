package io.numa.avatar.followup;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.task.CommitId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkerTest {
  @Test
  void isReadAsItWasWritten() {
    var plain = new Marker("comment-12", 3, Optional.empty());
    var pushed =
        new Marker("checks-" + "a".repeat(40), 1, Optional.of(new CommitId("b".repeat(64))));

    assertThat(Marker.in("Done.\n\n" + plain.text() + "\n" + pushed.text() + "\n"))
        .containsExactly(plain, pushed);
    assertThat(Marker.isIn("> " + plain.text())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "numa-follow-up comment-1 1",
        "<!-- numa-follow-up comment-1 -->",
        "<!-- numa-follow-up comment-1 0 -->",
        "<!-- numa-follow-up comment/1 1 -->",
        "<!-- numa-follow-up comment-1 1 main -->",
        "<!-- numa-follow-up comment-1 99999999999 -->"
      })
  void isNotWhatOnlyLooksLikeOne(String text) {
    assertThat(Marker.in(text)).isEmpty();
    assertThat(Marker.isIn(text)).isFalse();
  }
}
