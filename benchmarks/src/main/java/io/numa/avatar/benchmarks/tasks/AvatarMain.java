package io.numa.avatar.benchmarks.tasks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.benchmarks.HeapWatch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * An avatar in a separate process. It carries out one command per line of input, and answers each
 * with one line. The words of a line are separated by tabs; {@link AvatarProcess} is the other end.
 */
public final class AvatarMain {
  private final PrintStream answers;
  private final HeapWatch heap = new HeapWatch();
  private MeasuredAvatar avatar;

  private AvatarMain(Path folder, PrintStream answers) throws IOException {
    this.avatar = MeasuredAvatar.in(folder);
    this.answers = answers;
  }

  /** Takes the avatar's folder as its argument. Returns at the end of the standard input. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    var main = new AvatarMain(Path.of(arguments[0]), System.out);
    main.serve(new BufferedReader(new InputStreamReader(System.in, UTF_8)));
    System.exit(0);
  }

  private void serve(BufferedReader orders) throws IOException, InterruptedException {
    for (String line = orders.readLine(); line != null; line = orders.readLine()) {
      List<String> words = List.of(line.split("\t", -1));
      answers.println(String.join("\t", answer(words.get(0), words.subList(1, words.size()))));
      answers.flush();
    }
    avatar.close();
  }

  private List<String> answer(String order, List<String> words)
      throws IOException, InterruptedException {
    return switch (order) {
      case "task" -> avatar.carryOut(Assignment.ofWords(words)).words();
      case "tasks" -> List.of(String.valueOf(together(Integer.parseInt(words.get(0)), words)));
      case "restart" -> restart(Path.of(words.get(0)));
      case "heap" ->
          List.of(String.valueOf(heap.peak()), String.valueOf(heap.peakAfterCollection()));
      default -> throw new IOException("not an order: " + order);
    };
  }

  /** Starts a new avatar in the same JVM. */
  private List<String> restart(Path folder) throws IOException {
    avatar.close();
    avatar = MeasuredAvatar.in(folder);
    return List.of();
  }

  private long together(int concurrency, List<String> words)
      throws IOException, InterruptedException {
    var waiting = new ConcurrentLinkedQueue<Assignment>();
    for (String task : words.subList(1, words.size())) {
      waiting.add(Assignment.ofWords(Arrays.asList(task.split(" ", -1))));
    }
    return Together.nanos(
        Collections.nCopies(concurrency, avatar), waiting, MeasuredAvatar::carryOut);
  }
}
