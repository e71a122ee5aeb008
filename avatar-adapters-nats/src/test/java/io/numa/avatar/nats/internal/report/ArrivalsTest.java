package io.numa.avatar.nats.internal.report;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
  private final Arrivals<Integer> arrivals = new Arrivals<>();
  private final CountDownLatch full = new CountDownLatch(Arrivals.PLACES);

  /** Delivers one message more than there are places, which ends when the reader takes one. */
  private FutureTask<Integer> deliverMoreThanThereIsRoomFor() throws InterruptedException {
    var delivery =
        new FutureTask<>(
            () -> {
              for (int message = 0; message < Arrivals.PLACES; message++) {
                arrivals.put(message, 1);
                full.countDown();
              }
              arrivals.put(Arrivals.PLACES, 0);
              return Arrivals.PLACES;
            });
    new Thread(delivery, "delivery").start();
    assertThat(full.await(20, SECONDS)).isTrue();
    return delivery;
  }

  @Test
  void holdsBackTheDeliveryUntilTheReaderTakesAMessage() throws Exception {
    FutureTask<Integer> delivery = deliverMoreThanThereIsRoomFor();
    assertThat(delivery.isDone()).isFalse();

    assertThat(arrivals.remove()).isZero();

    assertThat(delivery.get(20, SECONDS)).isEqualTo(Arrivals.PLACES);
    for (int message = 1; message <= Arrivals.PLACES; message++) {
      assertThat(arrivals.isDrained()).isFalse();
      assertThat(arrivals.remove()).isEqualTo(message);
    }
    assertThat(arrivals.isDrained()).isTrue();
    assertThat(arrivals.peek()).isNull();
  }

  @Test
  void isDrainedWhereNothingIsExpected() {
    assertThat(arrivals.isDrained()).isFalse();

    arrivals.expect(0);

    assertThat(arrivals.isDrained()).isTrue();
  }

  @Test
  void believesAMessageMoreThanWhatWasThereAtTheBeginning() throws Exception {
    arrivals.put(1, 0);
    arrivals.expect(1);

    arrivals.remove();

    assertThat(arrivals.isDrained()).isTrue();
  }

  @Test
  void knowsThatMoreIsToCome() throws Exception {
    arrivals.expect(2);
    arrivals.put(1, 1);

    arrivals.remove();

    assertThat(arrivals.isDrained()).isFalse();
  }
}
