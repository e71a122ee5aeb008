package io.numa.avatar.benchmarks.tasks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** An avatar in a separate JVM. Not thread-safe. */
final class AvatarProcess implements Contender {
  private final Process process;
  private final BufferedWriter orders;
  private final BufferedReader answers;
  private final Path errors;

  /**
   * How full its heap was, in bytes.
   *
   * @param peak the largest heap in use, garbage included
   * @param afterCollection the largest heap after a garbage collection
   */
  record Heap(long peak, long afterCollection) {}

  private AvatarProcess(Process process, Path errors) {
    this.process = process;
    this.orders = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), UTF_8));
    this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    this.errors = errors;
  }

  /**
   * Starts a JVM with a new avatar.
   *
   * @param folder the avatar's folder; the avatar creates it
   * @param heap the JVM's heap limit, in MiB
   */
  static AvatarProcess start(Path folder, int heap) throws IOException {
    return start(folder, heap, System.getProperty("java.class.path"));
  }

  /** The same with the classes of another build. */
  static AvatarProcess start(Path folder, int heap, String classPath) throws IOException {
    Files.createDirectories(folder);
    Path errors = folder.resolve("errors");
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + heap + "m",
            "-Dslf4j.internal.verbosity=ERROR",
            "-Duser.home=" + folder,
            "-cp",
            classPath,
            AvatarMain.class.getName(),
            folder.toString());
    builder.redirectError(Redirect.to(errors.toFile()));
    return new AvatarProcess(builder.start(), errors);
  }

  @Override
  public Sample carryOut(Assignment task) throws IOException {
    List<String> words = new ArrayList<>(List.of("task"));
    words.addAll(task.words());
    return Sample.ofWords(ask(words));
  }

  @Override
  public long carryOutInPairs(List<Assignment> tasks) throws IOException {
    List<String> words = new ArrayList<>(List.of("tasks", "2"));
    tasks.forEach(task -> words.add(String.join(" ", task.words())));
    return Long.parseLong(ask(words).get(0));
  }

  /** Replaces the avatar by a new one in the same JVM, which stays warm. */
  void startAnew(Path folder) throws IOException {
    ask(List.of("restart", folder.toString()));
  }

  Heap heap() throws IOException {
    List<String> words = ask(List.of("heap"));
    return new Heap(Long.parseLong(words.get(0)), Long.parseLong(words.get(1)));
  }

  private List<String> ask(List<String> words) throws IOException {
    try {
      orders.write(String.join("\t", words) + "\n");
      orders.flush();
      String answer = answers.readLine();
      if (answer != null) {
        return List.of(answer.split("\t", -1));
      }
    } catch (IOException e) {
      throw new IOException("the avatar has ended: " + errorText(), e);
    }
    throw new IOException("the avatar has ended: " + errorText());
  }

  private String errorText() throws IOException {
    try (Stream<String> lines = Files.lines(errors, UTF_8)) {
      return String.join("\n", lines.limit(20).toList());
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    orders.close();
    process.waitFor();
  }
}
