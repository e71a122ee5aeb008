package io.numa.avatar.benchmarks.watchers;

import io.numa.avatar.benchmarks.tasks.Spread;
import io.numa.avatar.time.Background;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * Measures warm tasks of one running avatar in turns: with watchers, without, and without once
 * more. The ratio of the two equal sides shows how large the noise is.
 */
public final class WatchersBenchmark {
  private static final int UNTIMED_ROUNDS = 5;

  /** What the watchers of the task before have asked for is over by then. */
  private static final Duration CALM = Duration.ofMillis(300);

  private final WatchedAvatar avatar;
  private long answers;

  /** A way to carry out tasks, and the times of the tasks. */
  private record Side(String name, boolean watched, List<Long> nanos) {
    Side(String name, boolean watched) {
      this(name, watched, new ArrayList<>());
    }

    Spread spread() {
      return Spread.ofNanos(nanos);
    }
  }

  private WatchersBenchmark(WatchedAvatar avatar) {
    this.avatar = avatar;
  }

  /** Takes an existing folder, the number of rounds, and the command of the avatar. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Path.of(arguments[0]).toRealPath();
    boolean measured = false;
    try (WatchedAvatar avatar = WatchedAvatar.start(folder, arguments[2], freePort())) {
      new WatchersBenchmark(avatar).run(Integer.parseInt(arguments[1]));
      measured = true;
    } catch (IOException | TimeoutException | RuntimeException e) {
      System.err.println(e);
    }
    System.exit(measured ? 0 : 1); // The servers' threads would keep the process.
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void run(int rounds) throws IOException, InterruptedException, TimeoutException {
    var none = new Side("without watchers", false);
    var again = new Side("without, again", false);
    var watched = new Side("with 50 watchers", true);
    List<Side> order = new ArrayList<>(List.of(none, again, watched));
    for (int round = 0; round < UNTIMED_ROUNDS + rounds; round++) {
      for (Side side : order) {
        long nanos = side.watched() ? watchedTask() : avatar.carryOut();
        if (round >= UNTIMED_ROUNDS) {
          side.nanos().add(nanos);
        }
        Background.pause(CALM);
      }
      Collections.rotate(order, 1);
    }
    report(List.of(none, again, watched), rounds);
  }

  private long watchedTask() throws IOException, InterruptedException, TimeoutException {
    try (Watchers watchers = Watchers.of(avatar, avatar.nextTask())) {
      long nanos = avatar.carryOut();
      Background.pause(CALM); // They look at its end, too.
      answers += watchers.answers();
      return nanos;
    }
  }

  private void report(List<Side> sides, int rounds) {
    System.out.println(
        "| | median (least–most), ms | pairs: median (quartiles) |\n|---|---:|---:|");
    for (Side side : sides) {
      System.out.println(
          "| " + side.name() + " | " + side.spread() + " | " + ratios(side, sides.get(0)) + " |");
    }
    System.out.println(
        "\nEach watched task had " + answers / (UNTIMED_ROUNDS + rounds) + " answers.");
  }

  private static String ratios(Side side, Side base) {
    return Spread.pairs(side.nanos(), base.nanos());
  }
}
