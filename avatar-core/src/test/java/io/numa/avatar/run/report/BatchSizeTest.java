package io.numa.avatar.run.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.LogChunk;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BatchSizeTest {
  private static final int KIB = 1 << 10;
  private static final Duration QUICKLY = Duration.ofMillis(100);

  private final BatchSize size = new BatchSize();

  @Test
  void growsToAlmostAMebibyteWhileFullBatchesAreAcceptedQuickly() {
    assertThat(size.bytes()).isEqualTo(128 * KIB);

    accept(10, QUICKLY);

    assertThat(size.bytes()).isEqualTo(960 * KIB);
  }

  @Test
  void staysWhileThereIsLittleToSend() {
    for (int i = 0; i < 1000; i++) {
      size.accepted(batch(KIB), QUICKLY);
    }

    assertThat(size.bytes()).isEqualTo(128 * KIB);
  }

  /** A batch must not outlast the limit of a call: it would be sent again without end. */
  @Test
  void shrinksOnASlowNetworkUntilABatchTakesLittleTime() {
    int bytesPerSecond = 10 * KIB;
    for (int i = 0; i < 100; i++) {
      size.accepted(batch(size.bytes()), Duration.ofSeconds(size.bytes() / bytesPerSecond));
    }

    assertThat(size.bytes()).isBetween(16 * KIB, 40 * KIB);
  }

  @Test
  void shrinksAfterFailuresButNotToNothing() {
    size.failed();
    assertThat(size.bytes()).isEqualTo(64 * KIB);

    for (int i = 0; i < 100; i++) {
      size.failed();
    }

    assertThat(size.bytes()).isEqualTo(16 * KIB);
  }

  @Test
  void doesNotGrowBeyondWhatWasRefused() {
    accept(2, QUICKLY);
    assertThat(size.halve(batch(400 * KIB))).isTrue();

    accept(50, QUICKLY);

    assertThat(size.bytes()).isEqualTo(200 * KIB);
  }

  @Test
  void failuresDoNotEnlargeASizeThatWasRefused() {
    while (size.halve(batch(size.bytes()))) {
      size.failed();
    }

    assertThat(size.bytes()).isEqualTo(KIB);
  }

  private void accept(int batches, Duration time) {
    for (int i = 0; i < batches; i++) {
      size.accepted(batch(size.bytes()), time);
    }
  }

  private static LogChunk batch(int bytes) {
    return new LogChunk(0, "x".repeat(bytes));
  }
}
