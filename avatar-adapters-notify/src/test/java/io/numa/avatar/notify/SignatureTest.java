package io.numa.avatar.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.Secret;
import org.junit.jupiter.api.Test;

/** The expected values were made by OpenSSL, by the rules that the services publish. */
class SignatureTest {
  private static final Secret SECRET = new Secret("this is secret");

  @Test
  void signsForDingTalk() {
    assertThat(Signature.ofDingTalk(SECRET, 1_577_262_236_757L))
        .isEqualTo("hmPWwU+7lVdm3ZZz0r9tSfx0L4Q26jWOZr9+Gs6EZQM=");
  }

  @Test
  void signsForFeishu() {
    assertThat(Signature.ofFeishu(SECRET, 1_599_360_473L))
        .isEqualTo("/eYKrXQBzTjUZJ3s6NX16VxGbTwmK7AEs8/FnvC1CSw=");
  }
}
