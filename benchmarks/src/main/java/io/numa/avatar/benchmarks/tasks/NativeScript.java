package io.numa.avatar.benchmarks.tasks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A shell script that carries out tasks with native Git. It keeps its folder between tasks. */
final class NativeScript implements Contender {
  /** The numbers of tasks that run at the same time. */
  private static final List<Integer> PLACES = List.of(1, 2);

  private final Path script;
  private final Path folder;

  /**
   * @param script the script; bash runs it for each task
   * @param folder the script's folder
   */
  NativeScript(Path script, Path folder) throws IOException {
    this.script = script;
    this.folder = Files.createDirectories(folder);
  }

  @Override
  public Sample carryOut(Assignment task) throws IOException, InterruptedException {
    return carryOut(task, 1);
  }

  @Override
  public long carryOutInPairs(List<Assignment> tasks) throws IOException, InterruptedException {
    return Together.nanos(
        PLACES, new ConcurrentLinkedQueue<>(tasks), (place, task) -> carryOut(task, place));
  }

  private Sample carryOut(Assignment task, int place) throws IOException, InterruptedException {
    Path marks = Files.createTempFile(folder, "marks-", "");
    Path output = Files.createTempFile(folder, "output-", "");
    FileTime start = Written.now(folder);
    Process process = builder(task, place, marks).redirectOutput(output.toFile()).start();
    if (process.waitFor() != 0) {
      String said = new String(Files.readAllBytes(output), UTF_8);
      throw new IOException(script.getFileName() + " failed: " + said.strip());
    }
    Map<String, Long> stages = stages(Files.readAllLines(marks));
    Files.delete(marks);
    Files.delete(output);
    return Sample.of(stages, task.counted() ? Written.since(start, folder) : Written.NOTHING);
  }

  private ProcessBuilder builder(Assignment task, int place, Path marks) {
    var builder = new ProcessBuilder("bash", script.toAbsolutePath().toString());
    builder.directory(folder.toFile()).redirectErrorStream(true);
    builder.redirectInput(new File("/dev/null"));
    Map<String, String> environment = builder.environment();
    BareGit.isolate(environment, folder);
    environment.put("URL", task.url());
    environment.put("BASE", task.base());
    environment.put("BRANCH", task.branch());
    environment.put("FILE", task.file());
    environment.put("TEXT", task.text());
    environment.put("PLACE", String.valueOf(place));
    environment.put("MARKS", marks.toString());
    return builder;
  }

  /**
   * Each line is a stage and the second at which it began; the last line is the end of the task.
   */
  private static Map<String, Long> stages(List<String> marks) {
    Map<String, Long> stages = new LinkedHashMap<>();
    for (int i = 0; i + 1 < marks.size(); i++) {
      String stage = marks.get(i).substring(0, marks.get(i).indexOf(' '));
      stages.merge(stage, nanos(marks.get(i + 1)) - nanos(marks.get(i)), Long::sum);
    }
    return stages;
  }

  private static long nanos(String mark) {
    return new BigDecimal(mark.substring(mark.indexOf(' ') + 1)).movePointRight(9).longValue();
  }

  @Override
  public void close() {
    // There is nothing to close: the scripts keep only files.
  }
}
