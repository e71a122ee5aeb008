package io.numa.avatar.run.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.agent.AgentEvents;
import io.numa.avatar.port.agent.AgentTool;
import io.numa.avatar.run.log.RunLog;
import io.numa.avatar.run.log.Utf8Stream;
import io.numa.avatar.run.secret.Redacted;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.run.text.Names;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.agent.AgentUsage;
import io.numa.avatar.text.CleanText;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes what an agent says and does into the task's log, as it happens: messages as whole lines,
 * each tool with its title, paths and result, and its plan. Safe for use by several threads.
 */
final class AgentLog implements AgentEvents {
  /** Longer lines are broken, so that memory is bounded. */
  private static final int MAX_LINE = 4_000;

  private static final int MAX_TITLE = 300;
  private static final int MAX_PATHS = 5;
  private static final int MAX_RESULT = 4_000;
  private static final int MAX_ENTRIES = 50;
  private static final int MAX_TOOLS = 1_000;

  private final String agent;
  private final Path tree;
  private final Stage stage;
  private final RunLog log;
  private final TurnWatch watch;
  private final StringBuilder line = new StringBuilder();
  private Utf8Stream characters;
  private Redactor.Stream message;
  private List<String> plan = List.of();
  private Optional<PortException> failure = Optional.empty();

  /** The tool whose beginning was written last, if nothing was written since. */
  private String begun = "";

  /** What was last shown of each tool call, both as hash codes, to bound the memory. */
  private final Map<Integer, Integer> tools = new Recent();

  /**
   * @param tree the folder that the agent works in
   * @param stage the stage that the lines name
   */
  AgentLog(String agent, Path tree, Stage stage, RunLog log, TurnWatch watch) {
    this.agent = agent;
    this.tree = tree;
    this.stage = stage;
    this.log = log;
    this.watch = watch;
    this.characters = new Utf8Stream(this::append);
    this.message = log.redactor().stream(characters);
  }

  @Override
  public synchronized void said(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    message.write(bytes, 0, bytes.length);
  }

  private void append(String text) {
    for (int at = 0; at < text.length(); at++) {
      char next = text.charAt(at);
      if (next == '\n' || next == '\r') {
        endLine();
      } else {
        line.append(next);
        if (line.length() >= MAX_LINE && !Character.isHighSurrogate(next)) {
          endLine();
        }
      }
    }
  }

  private void endLine() {
    String whole = CleanText.of(line.toString()).text().stripTrailing();
    line.setLength(0);
    if (!whole.isBlank()) {
      String shown = log.redactor().redact(whole);
      say(": " + shown);
      watch.newest(shown.strip());
    }
  }

  /** Ends the message that the agent has begun, for example because its turn has ended. */
  synchronized void endMessage() {
    message.close();
    characters.close();
    endLine();
    characters = new Utf8Stream(this::append);
    message = log.redactor().stream(characters);
  }

  @Override
  public synchronized void tool(AgentTool tool) {
    int now = Objects.hash(tool.state(), tool.title(), tool.paths());
    if (!Integer.valueOf(now).equals(tools.put(tool.id().hashCode(), now))) {
      endMessage();
      String what = what(tool);
      boolean plainEnd = tool.state() == AgentTool.State.COMPLETED && what.equals(begun);
      if (!plainEnd) { // the result alone follows its tool
        say(" -> " + what + state(tool.state()));
      }
      begun = tool.state() == AgentTool.State.RUNNING ? what : "";
      tool.result().filter(result -> !result.isBlank()).ifPresent(this::result);
      watch.newest(what + state(tool.state()));
    }
  }

  /** Its title, and the paths that the title does not name, those in the tree without its path. */
  private String what(AgentTool tool) {
    String title = line(local(tool.title().isBlank() ? tool.kind() : tool.title()), MAX_TITLE);
    List<String> unsaid =
        tool.paths().stream().map(this::local).filter(path -> !title.contains(path)).toList();
    if (unsaid.isEmpty()) {
      return title;
    }
    String shown = Names.first(MAX_PATHS, unsaid, path -> line(path, MAX_TITLE));
    return title + " (" + shown + ")";
  }

  private String local(String text) {
    return text.replace(tree + "/", "");
  }

  private static String state(AgentTool.State state) {
    return switch (state) {
      case RUNNING -> "";
      case COMPLETED -> ": done";
      case FAILED -> ": failed";
      case REFUSED -> ": refused by the avatar";
    };
  }

  private void result(String result) {
    String shown = Redacted.of(result, log.redactor()).shortened(MAX_RESULT).toString();
    write(shown.strip().indent(4).stripTrailing());
  }

  @Override
  public synchronized void planned(List<String> entries) {
    if (!entries.equals(plan)) {
      plan = List.copyOf(entries);
      endMessage();
      String shown =
          entries.stream()
              .limit(MAX_ENTRIES)
              .map(entry -> "\n    " + line(entry, MAX_TITLE))
              .collect(Collectors.joining());
      say("'s plan:" + shown);
    }
  }

  @Override
  public synchronized void noted(String sentence) {
    endMessage();
    say(": " + sentence);
    watch.newest(sentence);
  }

  @Override
  public void used(AgentUsage usage) {
    watch.used(usage);
  }

  private void say(String text) {
    begun = "";
    write(agent + text);
  }

  private void write(String text) {
    try {
      log.say(stage, text);
    } catch (PortException e) {
      failure = Optional.of(e);
      throw e;
    }
  }

  /**
   * Checks that everything could be written.
   *
   * @throws PortException of kind {@code UNAVAILABLE} if it could not
   */
  synchronized void requireWritten() {
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  private String line(String text, int limit) {
    return Redacted.of(text, log.redactor()).line().shortened(limit).toString();
  }

  private static final class Recent extends LinkedHashMap<Integer, Integer> {
    @Override
    protected boolean removeEldestEntry(Map.Entry<Integer, Integer> eldest) {
      return size() > MAX_TOOLS;
    }
  }
}
