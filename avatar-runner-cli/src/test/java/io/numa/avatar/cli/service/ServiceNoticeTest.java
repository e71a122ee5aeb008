package io.numa.avatar.cli.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Perl is systemd here, as Java has no UNIX datagrams. */
class ServiceNoticeTest {
  /** Prints what it receives; drops the descriptors that come along, as systemd does. */
  private static final String RECEIVER =
      """
      use Socket;
      $| = 1;
      socket(my $socket, AF_UNIX, SOCK_DGRAM, 0) or die;
      bind($socket, pack_sockaddr_un($ARGV[0])) or die "bind: $!";
      print "bound\\n";
      while (defined recv($socket, my $message, 100, 0)) {
        print "$message\\n" unless $message eq "BARRIER=1";
      }
      """;

  @TempDir Path folder;
  private Process receiver;
  private BufferedReader received;
  private String socket;

  @BeforeEach
  void receive() throws IOException {
    assumeThat(Path.of("/usr/bin/perl")).isExecutable();
    socket = folder.resolve("notify").toString();
    receiver = new ProcessBuilder("/usr/bin/perl", "-e", RECEIVER, socket).start();
    received = receiver.inputReader();
    assertThat(received.readLine()).isEqualTo("bound");
  }

  @AfterEach
  void stop() {
    receiver.destroy();
  }

  @Test
  void tellsThatItIsReadyAndMakesProgressAndStops() throws Exception {
    var looks = new AtomicInteger();
    var stuckForLong = new CountDownLatch(3);
    var environment = Map.of("NOTIFY_SOCKET", socket, "WATCHDOG_USEC", "3000");

    try (var notice = ServiceNotice.of(environment, folder.resolve("bin"))) {
      notice.ready(
          () -> {
            if (looks.getAndIncrement() == 0) {
              return List.of();
            }
            stuckForLong.countDown();
            return List.of("the poll thread waits for 5 minutes");
          });
      assertThat(received.readLine()).isEqualTo("READY=1");
      stuckForLong.await();
      notice.stopping();
    }

    assertThat(received.readLine()).isEqualTo("WATCHDOG=1");
    assertThat(received.readLine()).isEqualTo("STOPPING=1");
  }

  @Test
  void tellsNoProgressWhereNoneIsExpected() throws Exception {
    try (var notice = ServiceNotice.of(Map.of("NOTIFY_SOCKET", socket), folder.resolve("bin"))) {
      notice.ready(
          () -> {
            throw new AssertionError("not asked for");
          });
      notice.stopping();
    }

    assertThat(received.readLine()).isEqualTo("READY=1");
    assertThat(received.readLine()).isEqualTo("STOPPING=1");
  }

  @Test
  void doesNothingWithoutAServiceManager() throws Exception {
    try (var notice = ServiceNotice.of(Map.of(), folder.resolve("bin"))) {
      notice.ready(List::of);
      notice.stopping();
    }

    assertThat(folder.resolve("bin")).doesNotExist();
  }
}
