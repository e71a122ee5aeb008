package io.numa.avatar.server.control;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numa.avatar.time.Timers;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;

class LinesTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  /** A client may ask once more while the server ends. */
  @Test
  void endWithTheServer() throws Exception {
    ScheduledExecutorService watchdog = Timers.daemon("watchdog");
    watchdog.shutdownNow();

    try (var lines = new Lines(SocketChannel.open(StandardProtocolFamily.UNIX), watchdog)) {
      assertThatThrownBy(() -> lines.read(LONG, 10)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> lines.write("late", LONG)).isInstanceOf(IOException.class);
    }
  }
}
