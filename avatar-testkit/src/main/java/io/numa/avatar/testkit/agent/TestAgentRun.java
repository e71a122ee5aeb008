package io.numa.avatar.testkit.agent;

import io.numa.avatar.testkit.agent.TestAgentVoice.Tool;
import io.numa.avatar.time.TimeSource;
import io.numa.avatar.time.Waiter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A turn of the test agent: its actions, one after another. */
final class TestAgentRun {
  private static final FileOutputStream ERRORS = new FileOutputStream(FileDescriptor.err);
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final int PIECE = 8 * 1024;

  private final TestAgentVoice voice;
  private final String prompt;
  private final BlockingQueue<String> steering;
  private int tools;
  private boolean exits;
  private int code;
  private String error = "";
  private String stopReason = "end_turn";

  /**
   * @param steering gives the messages in the turn
   */
  TestAgentRun(TestAgentVoice voice, String prompt, BlockingQueue<String> steering) {
    this.voice = voice;
    this.prompt = prompt;
    this.steering = steering;
  }

  /** Whether the agent is to exit with {@link #exitCode}. */
  boolean exits() {
    return exits;
  }

  int exitCode() {
    return code;
  }

  /** The error that ends the turn; empty if there is none. */
  String error() {
    return error;
  }

  String stopReason() {
    return stopReason;
  }

  void all(List<String> actions) throws IOException, InterruptedException {
    for (String action : actions) {
      if (!exits && error.isEmpty()) {
        run(action);
      }
    }
  }

  private void run(String action) throws IOException, InterruptedException {
    int space = (action + ' ').indexOf(' ');
    String verb = action.substring(0, space);
    String rest = action.substring(space).strip();
    String text = TestAgentScript.words(rest, 1).get(0);
    switch (verb) {
      case "say" -> voice.say(text);
      case "think" -> voice.think(text);
      case "plan" -> voice.plan(Arrays.asList(text.split(";")));
      case "prompt" -> voice.say(prompt);
      case "env" -> voice.say(environment());
      case "ls" -> voice.say(files(text));
      case "steered" -> steered(rest);
      case "raw" -> voice.line(text);
      case "line" -> line(Long.parseLong(rest));
      case "bad-utf8" -> badUtf8();
      case "stderr" -> warn(text);
      case "repeat" -> repeat(rest);
      case "forever" -> forever(rest);
      case "hang" -> pause(DAY);
      case "stop" -> stopReason = text;
      case "exit" -> exit(Integer.parseInt(rest));
      case "error" -> fail(rest);
      default -> work(verb, rest, text);
    }
  }

  /** Says the message, or does the action for which the turn has waited. */
  private void steered(String action) throws IOException, InterruptedException {
    String message = steering.take().replace("\n", "\\n").replace('"', '\'');
    run(action.isEmpty() ? "say " + message : action.replace("{message}", message));
  }

  private void work(String verb, String rest, String text)
      throws IOException, InterruptedException {
    switch (verb) {
      case "write" -> write(rest, StandardOpenOption.TRUNCATE_EXISTING);
      case "append" -> write(rest, StandardOpenOption.APPEND);
      case "delete" -> delete(text);
      case "read" -> read(text);
      case "shell" -> shell(text);
      case "daemon" -> shell("setsid sleep " + text + " >/dev/null 2>&1 </dev/null &");
      case "ask-write" -> askThenWrite(rest);
      case "ask" -> ask(rest);
      case "tool" -> claim(rest);
      case "update-first" -> voice.toolEnded(nextId(), false, text);
      case "open-tool" -> voice.tool(new Tool(nextId(), "execute", text, ""));
      case "wait" -> pause(Long.parseLong(rest));
      case "busy" -> compute(Long.parseLong(rest));
      case "request" -> request(text);
      case "notify" -> ((AcpVoice) voice).notify(text, Json.map("x", 1));
      case "model" -> askModel(text);
      case "try-model" -> voice.say(TestAgentModel.ask(text).text());
      default -> throw new IllegalArgumentException("no such action: " + verb);
    }
  }

  private void write(String rest, StandardOpenOption how) throws IOException {
    List<String> words = TestAgentScript.words(rest, 2);
    var tool = new Tool(nextId(), "edit", "Write " + words.get(0), words.get(0));
    voice.tool(tool);
    put(words, how);
    voice.toolEnded(tool.id(), false, "wrote " + words.get(0));
  }

  private static void put(List<String> words, StandardOpenOption how) throws IOException {
    Path file = Path.of(words.get(0)).toAbsolutePath();
    Files.createDirectories(file.getParent());
    Files.writeString(file, words.get(1) + "\n", StandardOpenOption.CREATE, how);
  }

  private void delete(String path) throws IOException {
    var tool = new Tool(nextId(), "delete", "Delete " + path, path);
    voice.tool(tool);
    Files.delete(Path.of(path));
    voice.toolEnded(tool.id(), false, "deleted " + path);
  }

  private void read(String path) throws IOException {
    var tool = new Tool(nextId(), "read", "Read " + path, path);
    voice.tool(tool);
    Path file = Path.of(path);
    boolean missing = !Files.isRegularFile(file);
    voice.toolEnded(tool.id(), missing, missing ? "no such file" : Files.readString(file));
  }

  private void shell(String line) throws IOException, InterruptedException {
    var tool = new Tool(nextId(), "execute", line, "");
    voice.tool(tool);
    Process process = new ProcessBuilder("/bin/sh", "-c", line).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    voice.toolEnded(tool.id(), process.waitFor() != 0, output);
  }

  private void askThenWrite(String rest) throws IOException, InterruptedException {
    List<String> words = TestAgentScript.words(rest, 2);
    var tool = new Tool(nextId(), "edit", "Write " + words.get(0), words.get(0));
    boolean allowed = voice.ask(tool);
    if (allowed) {
      put(words, StandardOpenOption.TRUNCATE_EXISTING);
    }
    voice.toolEnded(tool.id(), !allowed, allowed ? "wrote it" : "refused");
  }

  private void ask(String rest) throws InterruptedException {
    List<String> words = TestAgentScript.words(rest, 3);
    var tool = new Tool(nextId(), words.get(0), words.get(2), words.get(1));
    voice.say(voice.ask(tool) ? "allowed " : "refused ");
  }

  private void claim(String rest) {
    List<String> words = TestAgentScript.words(rest, 2);
    var tool = new Tool(nextId(), "execute", words.get(0), "");
    voice.tool(tool);
    voice.toolEnded(tool.id(), false, words.get(1));
  }

  private void request(String method) throws InterruptedException {
    Object answer = ((AcpVoice) voice).request(method, Json.map("x", 1));
    voice.say(String.valueOf(Json.at(answer, "error", "code")));
  }

  private void askModel(String text) throws IOException {
    TestAgentModel.Reply reply = TestAgentModel.ask(text);
    if (reply.status() == TestAgentModel.OK) {
      voice.say(reply.text());
    } else {
      fail("-32603 " + reply.text());
    }
  }

  private void repeat(String rest) throws IOException, InterruptedException {
    List<String> words = TestAgentScript.words(rest, 2);
    for (int i = 0; i < Integer.parseInt(words.get(0)); i++) {
      run(words.get(1));
    }
  }

  private void forever(String action) throws IOException, InterruptedException {
    while (error.isEmpty()) {
      checkCancel();
      run(action);
    }
  }

  private void exit(int exitCode) {
    exits = true;
    code = exitCode;
  }

  private void fail(String rest) {
    List<String> words = TestAgentScript.words(rest, 2);
    code = Integer.parseInt(words.get(0));
    error = words.get(1);
    stopReason = "error_during_execution";
  }

  /** One message of many bytes, which this program does not hold at once. */
  private void line(long bytes) {
    var piece = new byte[PIECE];
    Arrays.fill(piece, (byte) 'x');
    String update =
        "{\"jsonrpc\":\"2.0\",\"method\":\"session/update\",\"params\":{\"sessionId\":\"s\",\"update\":"
            + "{\"sessionUpdate\":\"agent_message_chunk\",\"content\":{\"type\":\"text\",\"text\":\"";
    synchronized (voice.output()) {
      voice.bytes(update.getBytes(StandardCharsets.UTF_8));
      for (long left = bytes; left > 0; left -= PIECE) {
        voice.bytes(piece);
      }
      voice.line("\"}}}}");
    }
  }

  private void badUtf8() {
    synchronized (voice.output()) {
      voice.bytes(
          ("{\"jsonrpc\":\"2.0\",\"method\":\"session/update\",\"params\":{\"update\":{"
                  + "\"sessionUpdate\":\"agent_message_chunk\",\"content\":{\"text\":\"before ")
              .getBytes(StandardCharsets.UTF_8));
      voice.bytes(new byte[] {(byte) 0xff, (byte) 0xc3, (byte) 0x28});
      voice.line(" after\"}}}}");
    }
  }

  private void pause(long millis) throws InterruptedException {
    boolean ignored = new Waiter().pause(Duration.ofMillis(millis));
  }

  private static void compute(long millis) throws InterruptedException {
    long start = TimeSource.SYSTEM.nanoTime();
    while (TimeSource.SYSTEM.since(start).toMillis() < millis) {
      checkCancel();
    }
  }

  private static void checkCancel() throws InterruptedException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedException();
    }
  }

  private String nextId() {
    return "tool-" + ++tools;
  }

  private static String environment() {
    return System.getenv().entrySet().stream()
        .map(entry -> entry.getKey() + '=' + entry.getValue())
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  private static String files(String folder) throws IOException {
    try (Stream<Path> files = Files.list(Path.of(folder.isEmpty() ? "." : folder))) {
      return files
          .map(file -> file.getFileName().toString())
          .sorted()
          .collect(Collectors.joining(" "));
    }
  }

  /** Prints to standard error. */
  static void warn(String text) {
    try {
      ERRORS.write((text + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
