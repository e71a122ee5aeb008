package io.numa.avatar.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LazilyTest {
  private final AtomicInteger made = new AtomicInteger();

  @Test
  void makesTheValueOnceWhenItIsAskedFor() {
    var lazily = new Lazily<>(made::incrementAndGet);
    assertThat(made).hasValue(0);

    assertThat(lazily.get()).isEqualTo(1);
    assertThat(lazily.get()).isEqualTo(1);
  }

  @Test
  void triesAgainWhatFailed() {
    var lazily =
        new Lazily<>(
            () -> {
              if (made.incrementAndGet() == 1) {
                throw new IllegalStateException("not yet");
              }
              return "made";
            });

    assertThatThrownBy(lazily::get).hasMessage("not yet");
    assertThat(lazily.get()).isEqualTo("made");
  }

  @Test
  void makesAnewWhatWasMadeWhileTheThreadWasInterrupted() {
    var lazily = new Lazily<>(made::incrementAndGet);
    Thread.currentThread().interrupt();

    assertThat(lazily.get()).isEqualTo(1);
    assertThat(Interrupts.take()).isTrue();
    assertThat(lazily.get()).isEqualTo(2);
  }
}
