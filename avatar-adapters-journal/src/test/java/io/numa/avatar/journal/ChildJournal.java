package io.numa.avatar.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.MessageId;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskMessage.Announcement;
import io.numa.avatar.task.agent.SteeringMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A journal in another process, which prints one line after each written record. */
final class ChildJournal implements AutoCloseable {
  private final Process process;
  private final BufferedReader lines;

  private ChildJournal(Process process) {
    this.process = process;
    this.lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
  }

  /** Starts a process that opens the journal and writes records from {@code from} on, for ever. */
  static ChildJournal start(Path directory, int from) throws IOException {
    return new ChildJournal(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ChildJournal.class.getName(),
                directory.toString(),
                String.valueOf(from))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  /**
   * The main method of the other process: writes a few records of several kinds for each number.
   */
  public static void main(String[] arguments) {
    try (var journal = SqliteJournal.open(Path.of(arguments[0]))) {
      tell("open");
      for (int i = Integer.parseInt(arguments[1]); i < Integer.MAX_VALUE; i++) {
        journal.accept(List.of(announcement(i)));
        tell("accepted " + i);
        journal.begin(attempt(i), i);
        tell("begun " + i);
        journal.announce(attempt(i).id(), Updates.begun(i), i);
        tell("announced " + i);
        journal.acknowledged(attempt(i).id(), i);
        tell("acknowledged " + i);
        journal.steer(attempt(i).task(), message(i));
        tell("said " + i);
        journal.steered(attempt(i).task(), message(i).id(), attempt(i).id());
        tell("heard " + i);
        journal.settle(attempt(i - 1).id(), Instant.EPOCH);
        tell("settled " + (i - 1));
      }
    } catch (StateException e) {
      tell(e.getMessage());
    }
  }

  private static void tell(String line) {
    System.out.println(line);
    System.out.flush();
  }

  static Announcement announcement(int i) {
    return new Announcement(new MessageId("m" + i), new TaskId("t" + i));
  }

  static SteeringMessage message(int i) {
    return new SteeringMessage("s" + i, "alice", "Take XML, " + i + " times.");
  }

  static Attempt attempt(int i) {
    return new Attempt(new TaskId("t" + i), new AttemptId(new UUID(7, i)), Optional.empty());
  }

  long pid() {
    return process.pid();
  }

  /** The next line; null at the end. */
  String line() throws IOException {
    return lines.readLine();
  }

  /**
   * Ends the process with SIGKILL, by its handle as {@link Process} would drop its output, and
   * gives the lines that were not read yet.
   */
  List<String> kill() throws Exception {
    process.toHandle().destroyForcibly();
    var rest = new ArrayList<String>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      rest.add(line);
    }
    process.waitFor();
    return rest;
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    lines.close();
  }
}
