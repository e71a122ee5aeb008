package io.numa.avatar.run.develop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BoundedTextTest {
  /** The JDK remembers where such a search has failed, but not if it refers to a group. */
  private static final Pattern BOMB = Pattern.compile("(a|aa)+\\1b");

  private static final String MANY = "a".repeat(1000);

  @Test
  void readsAsTheTextDoes() {
    var text = new BoundedText("one two", Duration.ofSeconds(10));

    assertThat(text).hasSize(7).hasToString("one two");
    assertThat(text.charAt(4)).isEqualTo('t');
    assertThat(text.subSequence(4, 7)).hasToString("two");
  }

  @Test
  void isFoundInWhatTakesNotTooLong() {
    assertThat(Pattern.compile("a{1000}").matcher(new BoundedText(MANY, Duration.ofSeconds(10))))
        .matches(found -> found.find());
  }

  @Test
  void endsASearchThatTakesTooLong() {
    var text = new BoundedText(MANY, Duration.ofMillis(50));

    assertThatExceptionOfType(BoundedText.TakesTooLong.class)
        .isThrownBy(() -> BOMB.matcher(text).find());
  }

  @Test
  void endsASearchInAPartOfIt() {
    var part = new BoundedText(MANY, Duration.ofMillis(50)).subSequence(1, 999);

    assertThatExceptionOfType(BoundedText.TakesTooLong.class)
        .isThrownBy(() -> BOMB.matcher(part).find());
  }
}
