package io.numa.avatar.testkit.agent;

import io.numa.avatar.time.Waiter;
import java.io.BufferedInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A coding agent for tests, as a program of its own. It does what a script says, see {@link
 * TestAgentScript}: well or badly. {@link #command} is how to start it.
 *
 * <p>It speaks the Agent Client Protocol, or, with {@code --text} and {@code --stream-json}, works
 * on the prompt that is its last argument, or its input, and ends.
 *
 * <p>Switches: {@code --script FILE}; {@code --crash PHASE} and {@code --hang PHASE} in the phase
 * {@code initialize}, {@code session} or {@code prompt}; {@code --login} demands one; {@code
 * --protocol N} answers that version; {@code --noise} prints lines that are no messages; {@code
 * --ignore-cancel}, {@code --ignore-eof} and {@code --ignore-term} live on; {@code --steerable}
 * takes messages in a turn; {@code --version} prints a version.
 */
public final class TestAgent {
  /** What {@code --version} prints. */
  public static final String VERSION = "1.2.3";

  static final int CRASH_CODE = 3;

  private TestAgent() {}

  /**
   * The command that starts the agent with a script and more switches. It takes a few tenths of a
   * second to start.
   */
  public static List<String> command(Path script, String... switches) {
    var command = new ArrayList<>(program());
    command.addAll(List.of("--script", script.toString()));
    command.addAll(List.of(switches));
    return command;
  }

  /**
   * A script for the agent that does the same as a {@link ScriptedCodingAgent}; what it cannot do,
   * such as telling what a model used, is left out.
   */
  public static String script(List<List<AgentAction>> turns) {
    return TestAgentScript.lines(turns);
  }

  /** The command that starts the agent without a script; it says what it is told, and is done. */
  public static List<String> program() {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return List.of(
        java.toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xshare:auto",
        // Agents in namespaces of their own have the same number, and would share a file by it.
        "-XX:-UsePerfData",
        "-cp",
        places().stream()
            .map(Path::toString)
            .collect(Collectors.joining(System.getProperty("path.separator"))),
        TestAgent.class.getName());
  }

  /** The folders and files of the agent's program, which a sandbox has to show. */
  public static List<Path> places() {
    return Stream.of(place(TestAgent.class), place(Waiter.class)).distinct().toList();
  }

  /** The folder or file that a class was loaded from; a short search path starts faster. */
  private static Path place(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs the agent. */
  public static void main(String[] args) throws IOException, InterruptedException {
    var output = new PrintStream(new FileOutputStream(FileDescriptor.out), false, "UTF-8");
    // Buffered, as a FileInputStream looks for the end of a file before it reads all of it.
    var input = new BufferedInputStream(new FileInputStream(FileDescriptor.in));
    var switches = TestAgentSwitches.of(Arrays.asList(args));
    if (switches.has("--version")) {
      output.println("test-agent " + VERSION);
      output.flush();
    } else if (switches.has("--text") || switches.has("--stream-json")) {
      String prompt = switches.prompt();
      runOnce(
          switches,
          output,
          prompt.isEmpty() ? new String(input.readAllBytes(), StandardCharsets.UTF_8) : prompt);
    } else {
      if (switches.has("--ignore-term")) {
        Runtime.getRuntime().addShutdownHook(new Thread(TestAgent::hang));
      }
      new TestAgentServer(switches, output).serve(input);
    }
  }

  /** Waits until the process is killed. Ignores all messages. */
  static void hang() {
    boolean forever = true;
    while (forever) {
      try {
        boolean ignored = new Waiter().pause(Duration.ofDays(1));
      } catch (InterruptedException e) {
        forever = true;
      }
    }
  }

  private static void runOnce(TestAgentSwitches switches, PrintStream output, String prompt)
      throws IOException, InterruptedException {
    TestAgentVoice voice =
        switches.has("--text") ? new TextVoice(output) : new StreamJsonVoice(output);
    var run = new TestAgentRun(voice, prompt, new ArrayBlockingQueue<>(1));
    run.all(switches.script().turn(0));
    voice.ended(run.stopReason());
    output.flush();
    Runtime.getRuntime().halt(run.exitCode());
  }
}
