package io.numa.avatar.benchmarks.agents;

import io.numa.avatar.benchmarks.LiveHeap;
import io.numa.avatar.benchmarks.tasks.Spread;
import io.numa.avatar.testkit.model.ModelAction;
import io.numa.avatar.testkit.model.ModelScript;
import io.numa.avatar.testkit.model.ModelServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Measures coding agents that the avatar drives, beside the same program driven by hand. */
public final class AgentBenchmark {
  private static final int ROUNDS = 10;
  private static final int TOGETHER = 8;
  private static final int TRIES = 3;

  /** One line of 80 MB, and 100 MB altogether. */
  private static final String FLOOD = "line 80003072\nrepeat 20 line 1000000\nsay done";

  private final Site site;
  private final int pairs;

  private AgentBenchmark(Site site, int pairs) {
    this.site = site;
    this.pairs = pairs;
  }

  /**
   * Prints the report.
   *
   * @param arguments a folder, and the number of pairs
   */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, ExecutionException {
    try (ModelServer model = ModelServer.start()) {
      model.play(ModelScript.always(ModelAction.say("Go on.")).alsoWithoutTools());
      var site = Site.in(Path.of(arguments[0]).toRealPath(), model);
      new AgentBenchmark(site, Integer.parseInt(arguments[1])).run();
    }
    System.exit(0);
  }

  private void run() throws IOException, InterruptedException, ExecutionException {
    List<String> busy = site.command(turn(0));
    print("");
    print("| a turn of %d requests and tools | avatar | by hand | ratio | added |", ROUNDS);
    print("|---|---:|---:|---:|---:|");
    for (int think : List.of(0, 100)) {
      alternate(site.command(turn(think)), "the model takes " + think + " ms");
    }
    together(busy);
    heap();
  }

  /** What an agent does in a turn, with a time to wait that stands for the model's. */
  private static String turn(int think) {
    return IntStream.range(0, ROUNDS)
        .mapToObj(
            round ->
                "say I look at the notes.\nshell head -%d notes.txt\nmodel What now?\nwait %d\n"
                    .formatted(round + 1, think))
        .collect(Collectors.joining());
  }

  private void alternate(List<String> command, String name)
      throws IOException, InterruptedException {
    var avatar = new ByAvatar(site, command);
    var hand = new ByHand(site, command);
    for (int i = 0; i < TRIES; i++) { // not timed
      avatar.live();
      hand.live();
    }
    var avatars = new ArrayList<Lived>();
    var hands = new ArrayList<Lived>();
    for (int i = 0; i < pairs; i++) {
      avatars.add(avatar.live());
      hands.add(hand.live());
    }
    row("turn, " + name, avatars, hands, Lived::turn);
    row("start", avatars, hands, Lived::start);
    row("end", avatars, hands, Lived::end);
    row("start and end", avatars, hands, Lived::edges);
  }

  private static void row(
      String what, List<Lived> avatars, List<Lived> hands, ToLongFunction<Lived> part) {
    Spread avatar = spread(avatars, part);
    Spread hand = spread(hands, part);
    print(
        "| %s | %s | %s | %.3f (%.2f–%.2f) | %.0f |",
        what,
        avatar,
        hand,
        avatar.median() / hand.median(),
        ratio(avatars, hands, part, 0),
        ratio(avatars, hands, part, avatars.size() - 1),
        avatar.median() - hand.median());
  }

  /** The ratio of a pair, by its rank. */
  private static double ratio(
      List<Lived> avatars, List<Lived> hands, ToLongFunction<Lived> part, int rank) {
    return IntStream.range(0, avatars.size())
        .mapToDouble(
            i -> (double) part.applyAsLong(avatars.get(i)) / part.applyAsLong(hands.get(i)))
        .sorted()
        .toArray()[rank];
  }

  private static Spread spread(List<Lived> all, ToLongFunction<Lived> part) {
    return Spread.ofNanos(all.stream().map(part::applyAsLong).toList());
  }

  /** How long many agents take that work at the same time. */
  private void together(List<String> command)
      throws IOException, InterruptedException, ExecutionException {
    var avatars = new ArrayList<Long>();
    var hands = new ArrayList<Long>();
    for (int i = 0; i < TRIES; i++) {
      avatars.add(all(new ByAvatar(site, command)));
      hands.add(all(new ByHand(site, command)));
    }
    Spread avatar = Spread.ofNanos(avatars);
    Spread hand = Spread.ofNanos(hands);
    print(
        "| %d agents at a time, whole | %s | %s | %.3f | %.0f |",
        TOGETHER, avatar, hand, avatar.median() / hand.median(), avatar.median() - hand.median());
  }

  /** Has many agents work at the same time, and returns how long that took. */
  private static long all(Contender contender) throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(TOGETHER);
    try {
      long begin = System.nanoTime();
      for (Future<Lived> each :
          threads.invokeAll(Collections.<Callable<Lived>>nCopies(TOGETHER, contender::live))) {
        each.get();
      }
      return System.nanoTime() - begin;
    } finally {
      threads.shutdown();
    }
  }

  private void heap() throws IOException, InterruptedException, ExecutionException {
    var flooded = new ByAvatar(site, site.command(FLOOD));
    flooded.live(); // loads classes
    try (var heap = new LiveHeap()) {
      flooded.live();
      print("");
      print(
          "The live heap grows by %s for an agent that prints 100 MB, one line of 80 MB among it,",
          mebibytes(heap.growth()));
    }
    try (var heap = new LiveHeap()) {
      all(flooded);
      print("and by %s for %d such agents at a time.", mebibytes(heap.growth()), TOGETHER);
    }
  }

  private static String mebibytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1 << 20));
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
